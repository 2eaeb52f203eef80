"""Headers in the manner of X-Road: who asks whom for what, under which number, for which matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from interlink.wire.errors import WireError

CLIENT, SERVICE, ID = "X-Road-Client", "X-Road-Service", "X-Road-Id"
USER, ISSUE = "X-Road-UserId", "X-Road-Issue"
JOSE = "application/jose"
VALUE_MAX = 200


@dataclass(frozen=True, slots=True)
class RoadHeaders:
    """`client` and `service` are member codes of the data exchange; `issue` is the case."""

    client: str
    service: str
    message_id: str
    user: str = ""
    issue: str = ""

    def as_dict(self) -> dict[str, str]:
        named = {CLIENT: self.client, SERVICE: self.service, ID: self.message_id, USER: self.user, ISSUE: self.issue}
        return {name: value for name, value in named.items() if value} | {"Content-Type": JOSE}


def read_headers(found: Mapping[str, str]) -> RoadHeaders:
    """Raises WireError wire.header_missing, wire.bad_header."""
    lower = {name.lower(): value for name, value in found.items()}
    values = [lower.get(name.lower(), "") for name in (CLIENT, SERVICE, ID, USER, ISSUE)]
    for name, value in zip((CLIENT, SERVICE, ID), values, strict=False):
        if not value:
            raise WireError("wire.header_missing", name)
    if any(len(value) > VALUE_MAX or not value.isascii() for value in values):
        raise WireError("wire.bad_header")
    return RoadHeaders(*values)
