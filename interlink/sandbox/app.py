"""The agency's web address (WSGI, served by Granian over HTTPS with client certificates).

POST /v1/requests, GET /v1/replies, POST /v1/people, GET /v1/keys, GET /v1/health; POST /control for its operator.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from interlink.sandbox.agency import Agency
from interlink.sandbox.callbacks import start_calling
from interlink.sandbox.directory import BY_CODE
from interlink.sandbox.keys import OPERATOR, PORTAL, Keys
from interlink.sandbox.store import Store, figures
from interlink.wire.errors import WireError
from interlink.wire.headers import JOSE, read_headers
from interlink.wire.signing import JWS_CHARS_MAX

logger = logging.getLogger("haddong.sandbox")

Environ = dict[str, Any]
Answer = tuple[int, str, bytes]
JSON = "application/json"
STATUS = {200: "200 OK", 202: "202 Accepted", 400: "400 Bad Request", 404: "404 Not Found", 409: "409 Conflict"}
STATUS |= {413: "413 Content Too Large", 503: "503 Service Unavailable", 504: "504 Gateway Timeout"}


def make_application() -> Callable[[Environ, Any], Iterable[bytes]]:
    """From AGENCY_CODE, AGENCY_KEYS (folder), AGENCY_STORE (file) and AGENCY_CALLBACK (address, may be empty)."""
    keys = Keys(Path(os.environ["AGENCY_KEYS"]))
    public = json.loads(keys.public.read_text(encoding="utf-8"))
    code = os.environ["AGENCY_CODE"]
    agency = Agency(
        whose=BY_CODE[code],
        key=keys.signing_key(code),
        portal_keys=public[PORTAL],
        operator_keys=public[OPERATOR],
        store=Store(Path(os.environ["AGENCY_STORE"])),
    )
    callback = os.environ.get("AGENCY_CALLBACK", "")
    if callback:
        start_calling(agency, callback, os.environ.get("AGENCY_CALLBACK_CA", ""))
    return _served(agency)


def _served(agency: Agency) -> Callable[[Environ, Any], Iterable[bytes]]:
    def application(environ: Environ, start_response: Any) -> Iterable[bytes]:
        status, content_type, body = _answer(agency, environ)
        start_response(STATUS[status], [("Content-Type", content_type), ("Content-Length", str(len(body)))])
        return [body]

    return application


def _answer(agency: Agency, environ: Environ) -> Answer:
    route = ROUTES.get((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
    if route is None:
        return _problem(404, "wire.no_such_address")
    try:
        if environ["PATH_INFO"].startswith("/v1/") and (pause := agency.behaviour().slow_seconds):
            time.sleep(pause)
        return route(agency, environ)
    except WireError as error:
        status = {"wire.id_reused": 409, "wire.too_large": 413}.get(error.code, 400)
        return _problem(status, error.code)
    except Exception:
        logger.exception("unexpected")
        return _problem(503, "agency.broken")


def _requests(agency: Agency, environ: Environ) -> Answer:
    body = _body(environ)
    if agency.must_fail("fail"):
        return _problem(503, "agency.busy")
    taken = agency.receive(body, read_headers(_headers(environ)))
    if taken.is_lost:
        return _problem(504, "agency.lost")
    return 202, JOSE, taken.receipt.encode()


def _replies(agency: Agency, environ: Environ) -> Answer:
    if agency.must_fail("lose_polls"):
        return _problem(504, "agency.lost")
    asked = parse_qs(environ.get("QUERY_STRING", ""))
    after, limit = _number(asked, "after", 0), _number(asked, "limit", 50)
    replies, cursor = agency.replies(after=after, limit=max(limit, 1))
    return 200, JSON, json.dumps({"replies": replies, "cursor": str(cursor)}).encode()


def _people(agency: Agency, environ: Environ) -> Answer:
    if agency.must_fail("fail"):
        return _problem(503, "agency.busy")
    return 200, JOSE, agency.look_up(_body(environ)).encode()


def _keys(agency: Agency, _environ: Environ) -> Answer:
    return 200, JSON, json.dumps(agency.key.public).encode()


def _health(agency: Agency, _environ: Environ) -> Answer:
    return 200, JSON, json.dumps({"agency": agency.whose.code}).encode()


def _control(agency: Agency, environ: Environ) -> Answer:
    behaviour = agency.control(_body(environ))
    return 200, JSON, json.dumps({"behaviour": behaviour.as_json(), "figures": figures(agency.store)}).encode()


ROUTES: dict[tuple[str, str], Callable[[Agency, Environ], Answer]] = {
    ("POST", "/v1/requests"): _requests,
    ("GET", "/v1/replies"): _replies,
    ("POST", "/v1/people"): _people,
    ("GET", "/v1/keys"): _keys,
    ("GET", "/v1/health"): _health,
    ("POST", "/control"): _control,
}


def _problem(status: int, code: str) -> Answer:
    return status, JSON, json.dumps({"code": code}).encode()


def _body(environ: Environ) -> bytes:
    size = int(environ.get("CONTENT_LENGTH") or 0)
    if size > JWS_CHARS_MAX:
        raise WireError("wire.too_large", str(size))
    body: bytes = environ["wsgi.input"].read(size)
    return body


def _headers(environ: Environ) -> dict[str, str]:
    return {key[5:].replace("_", "-"): value for key, value in environ.items() if key.startswith("HTTP_")}


def _number(asked: dict[str, list[str]], key: str, default: int) -> int:
    value = (asked.get(key) or [""])[0]
    if value and not (value.isascii() and value.isdecimal() and len(value) <= 15):
        raise WireError("wire.bad_value", key)
    return int(value) if value else default
