"""The operator's side of the sandbox: tell an agency how to behave, read its figures."""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import httpx

from haddong_portal.common import clock
from interlink.sandbox.agency import CONTROL
from interlink.sandbox.directory import BY_CODE, PORT_FIRST
from interlink.sandbox.keys import OPERATOR, Keys
from interlink.wire.signing import sign

TIMEOUT_SECONDS = 20.0


@dataclass(frozen=True)
class Operator:
    """`port_first`: where the first agency of the directory listens; the others follow."""

    keys: Keys
    port_first: int = PORT_FIRST

    def address(self, code: str) -> str:
        return f"https://127.0.0.1:{self.port_first + BY_CODE[code].port_offset}"

    def tell(self, code: str, *, reset: bool = False, people: Mapping[str, Any] | None = None, **words: Any) -> Any:
        """The behaviour and the figures afterwards. Raises httpx.HTTPError."""
        told = {"behaviour": words, "people": dict(people or {}), "reset": reset}
        body = json.dumps({**told, "issued_at": clock.now().isoformat()}).encode()
        signed = sign(body, key=self.keys.signing_key(OPERATOR), kind=CONTROL)
        with self._client() as client:
            answer = client.post(f"{self.address(code)}/control", content=signed)
        answer.raise_for_status()
        return answer.json()

    def figures(self, code: str) -> dict[str, int]:
        return cast("dict[str, int]", self.tell(code)["figures"])

    def answers(self, code: str) -> bool:
        try:
            with self._client() as client:
                return client.get(f"{self.address(code)}/v1/health").status_code == 200
        except httpx.HTTPError:
            return False

    def _client(self) -> httpx.Client:
        return httpx.Client(verify=client_context(self.keys, OPERATOR), timeout=TIMEOUT_SECONDS)


def client_context(keys: Keys, holder: str) -> ssl.SSLContext:
    """Trusts the sandbox's authority alone and shows the holder's certificate."""
    context = ssl.create_default_context(cafile=str(keys.authority))
    context.load_cert_chain(keys.certificate(holder), keys.private_key(holder))
    return context
