"""REST over HTTPS with client certificates, signed messages and signed receipts (docs/agency-protocol.yaml)."""

from __future__ import annotations

import json
import ssl
from functools import lru_cache
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings

from interlink.connectors.base import ConnectorError, Polled
from interlink.models import Agency
from interlink.wire import signing
from interlink.wire.errors import WireError
from interlink.wire.headers import RoadHeaders
from interlink.wire.messages import Request, read_receipt
from interlink.wire.people import PersonAnswer, PersonQuery, read_answer

TAKEN = (200, 202)
# The agency understood and will not take it: nothing changes by saying it again.
FINAL = frozenset({400, 409, 413, 415, 422})
ANSWER_BYTES_MAX = signing.JWS_CHARS_MAX


class RestConnector:
    def post(self, agency: Agency, request: Request, *, user: str) -> str:
        payload = request.to_bytes()
        headers = RoadHeaders(settings.INTERLINK_MEMBER, agency.service_code, request.message_id, user, request.case)
        body = self._call(agency, "POST", "/v1/requests", payload, signing.REQUEST, headers)
        try:
            receipt = read_receipt(signing.verify(body, keys=agency.jwks, kind=signing.RECEIPT))
        except WireError as error:
            raise ConnectorError(f"receipt: {error}") from error
        if receipt.message_id != request.message_id or receipt.digest != signing.digest(payload):
            raise ConnectorError("receipt: is for another message")
        return body.decode("ascii")

    def poll(self, agency: Agency, *, cursor: str, limit: int) -> Polled:
        path = f"/v1/replies?after={cursor or 0}&limit={limit}"
        headers = RoadHeaders(settings.INTERLINK_MEMBER, agency.service_code, f"poll-{cursor or 0}")
        body = self._call(agency, "GET", path, None, "", headers)
        try:
            found = json.loads(body)
            replies = [str(one) for one in found["replies"]]
            return Polled(replies, str(found["cursor"])[:80])
        except (ValueError, KeyError, TypeError) as error:
            raise ConnectorError("replies: unreadable") from error

    def look_up(self, agency: Agency, query: PersonQuery) -> PersonAnswer:
        headers = RoadHeaders(settings.INTERLINK_MEMBER, agency.service_code, query.message_id)
        seconds = settings.INTERLINK_LOOK_UP_SECONDS  # a clerk waits for it
        body = self._call(agency, "POST", "/v1/people", query.to_bytes(), signing.QUERY, headers, seconds)
        try:
            answer = read_answer(signing.verify(body, keys=agency.jwks, kind=signing.ANSWER))
        except WireError as error:
            raise ConnectorError(f"answer: {error}") from error
        if answer.message_id != query.message_id:
            raise ConnectorError("answer: is for another question")
        return answer

    def _call(
        self,
        agency: Agency,
        method: str,
        path: str,
        payload: bytes | None,
        kind: str,
        headers: RoadHeaders,
        timeout: float | None = None,
    ) -> bytes:
        try:
            content = None if payload is None else signing.sign(payload, key=_signing_key(), kind=kind).encode()
            answer = _client().request(
                method,
                agency.base_url.rstrip("/") + path,
                content=content,
                headers=headers.as_dict(),
                timeout=timeout or settings.INTERLINK_TIMEOUT_SECONDS,
            )
        except (OSError, ValueError) as error:  # a key or certificate of ours
            raise ConnectorError(f"{type(error).__name__}: {error}"[:300], is_ours=True) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ConnectorError(f"{type(error).__name__}: {error}"[:300]) from error
        if answer.status_code not in TAKEN:
            raise ConnectorError(
                f"HTTP {answer.status_code}: {answer.text[:200]}", is_final=answer.status_code in FINAL
            )
        return answer.content


def _client() -> httpx.Client:
    """One per process and set of files: a connection to an agency is kept."""
    files = (settings.INTERLINK_CA, settings.INTERLINK_CERTIFICATE, settings.INTERLINK_KEY)
    return _client_of(*files, *(Path(file).stat().st_mtime_ns for file in files))


@lru_cache(maxsize=4)
def _client_of(authority: str, certificate: str, key: str, *_changed: int) -> httpx.Client:
    context = ssl.create_default_context(cafile=authority)
    context.load_cert_chain(certificate, key)
    limits: Any = httpx.Limits(max_keepalive_connections=20, keepalive_expiry=30)
    return httpx.Client(verify=context, timeout=settings.INTERLINK_TIMEOUT_SECONDS, limits=limits)


def _signing_key() -> signing.SigningKey:
    path = Path(settings.INTERLINK_SIGNING_KEY)
    return _key_of(str(path), path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _key_of(path: str, _changed: int) -> signing.SigningKey:
    return signing.key_from_pem(Path(path).read_bytes())
