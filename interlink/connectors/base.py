"""The interface of a connector and what can come of using one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from interlink.models import Agency
from interlink.wire.messages import Request
from interlink.wire.people import PersonAnswer, PersonQuery


class ConnectorError(Exception):
    """Not delivered. `is_final` when trying again is useless; `is_ours` when the agency is not at fault."""

    def __init__(self, text: str, *, is_final: bool = False, is_ours: bool = False) -> None:
        super().__init__(text)
        self.text, self.is_final, self.is_ours = text, is_final, is_ours


@dataclass(frozen=True, slots=True)
class Polled:
    """Signed replies as they came, and where the next poll goes on."""

    replies: Sequence[str]
    cursor: str


class Connector(Protocol):
    """One agency's line. All methods raise ConnectorError; none touches the database."""

    def post(self, agency: Agency, request: Request, *, user: str) -> str:
        """The agency's signed receipt, checked; "" where a person takes the message there."""

    def poll(self, agency: Agency, *, cursor: str, limit: int) -> Polled:
        """Replies past `cursor`."""

    def look_up(self, agency: Agency, query: PersonQuery) -> PersonAnswer:
        """Who somebody is, if the agency keeps such a register."""
