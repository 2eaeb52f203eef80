"""What citizens asks of the apps above it: they register in AppConfig.ready, citizens imports none of them."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class CodeSender(Protocol):
    """Takes a one-time code to a phone, in the caller's transaction: what rolls back is not sent."""

    def __call__(self, *, phone: str, code: str, minutes: int, reference: str, now: datetime) -> None: ...


_senders: list[CodeSender] = []


def register_code_sender(sender: CodeSender) -> None:
    """The one way codes leave the portal; a later registration replaces the earlier."""
    _senders[:] = [sender]


def code_sender() -> CodeSender:
    """The registered sender; RuntimeError when no app has registered one."""
    if not _senders:
        raise RuntimeError("no app sends phone codes: register_code_sender was never called")
    return _senders[0]
