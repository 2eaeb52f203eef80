"""What citizens asks of the apps above it: they register in AppConfig.ready, citizens imports none of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from haddong_portal.common.actors import Actor


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


class ResidenceRegister(Protocol):
    """Asks a connected register what it says of a person (label → value); DomainError when it cannot say.

    `clerk` is who asks, as both sides keep it on record.
    """

    def __call__(
        self, *, person_id: int, purpose: str, reference: str, clerk: str, now: datetime
    ) -> Mapping[str, str]: ...


class MatterReader(Protocol):
    """Whether the actor may act on a matter ("dossier:<code>", the part after the colon)."""

    def __call__(self, *, actor: Actor, name: str) -> bool: ...


_registers: list[ResidenceRegister] = []
_matter_readers: dict[str, MatterReader] = {}


def register_residence_register(register: ResidenceRegister) -> None:
    """The one connected register; a later registration replaces the earlier."""
    _registers[:] = [register]


def residence_register() -> ResidenceRegister | None:
    """The connected register, None while nothing is connected."""
    return _registers[0] if _registers else None


def register_matter_reader(prefix: str, reader: MatterReader) -> None:
    """Who may act on references that begin with `prefix` and a colon."""
    _matter_readers[prefix] = reader


def may_act_on(*, actor: Actor, reference: str) -> bool:
    """Whether this is a matter of the actor's; a reference that no app knows is nobody's."""
    prefix, _, name = reference.partition(":")
    reader = _matter_readers.get(prefix)
    return reader is not None and bool(name) and reader(actor=actor, name=name)
