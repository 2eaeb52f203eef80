"""An agency that is not connected: the message waits to be printed and its return to be typed in."""

from __future__ import annotations

from interlink.connectors.base import ConnectorError, Polled
from interlink.models import Agency
from interlink.wire.messages import Request
from interlink.wire.people import PersonAnswer, PersonQuery


class PaperConnector:
    def post(self, agency: Agency, request: Request, *, user: str) -> str:
        return ""

    def poll(self, agency: Agency, *, cursor: str, limit: int) -> Polled:
        return Polled((), cursor)

    def look_up(self, agency: Agency, query: PersonQuery) -> PersonAnswer:
        raise ConnectorError("not connected", is_final=True)
