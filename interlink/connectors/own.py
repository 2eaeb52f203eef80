"""The ward itself: its legs are dossiers of this portal, so nothing leaves the house."""

from __future__ import annotations

from interlink.connectors.base import ConnectorError, Polled
from interlink.models import Agency
from interlink.wire.messages import Request
from interlink.wire.people import PersonAnswer, PersonQuery


class OwnConnector:
    def post(self, agency: Agency, request: Request, *, user: str) -> str:
        raise ConnectorError("the ward's own legs are dossiers", is_final=True, is_ours=True)

    def poll(self, agency: Agency, *, cursor: str, limit: int) -> Polled:
        return Polled((), cursor)

    def look_up(self, agency: Agency, query: PersonQuery) -> PersonAnswer:
        raise ConnectorError("not connected", is_final=True, is_ours=True)
