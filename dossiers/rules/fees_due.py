"""What an intake costs by the catalogue. An amount that is unknown, or depends on a choice, stays None: never 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from procedures.constants import FeeKind

NOTE_LENGTH_MAX = 500


@dataclass(frozen=True, slots=True)
class FeeTerm:
    """One fee or duty of a case; `channel` None holds for every channel without lines of its own."""

    channel: int | None
    kind: str
    amount_vnd: int | None
    text: str


@dataclass(frozen=True, slots=True)
class FeesDue:
    """Amounts in đồng; None = unknown, `note` says what the catalogue says."""

    fee_vnd: int | None
    duty_vnd: int | None
    note: str


def fees_due(terms: Sequence[FeeTerm], channel: int) -> FeesDue:
    """The fee and the duty on `channel`. Several lines of one kind are alternatives, so their amount is unknown."""
    own = [term for term in terms if term.channel == channel] or [term for term in terms if term.channel is None]
    note = "; ".join(dict.fromkeys(term.text.strip() for term in own if term.text.strip()))
    return FeesDue(_amount(own, FeeKind.FEE), _amount(own, FeeKind.DUTY), note[:NOTE_LENGTH_MAX])


def _amount(terms: Sequence[FeeTerm], kind: str) -> int | None:
    lines = [term for term in terms if term.kind == kind]
    return lines[0].amount_vnd if len(lines) == 1 else None
