"""What a new dossier owes by the catalogue (domain.md §3.4). An unknown amount stays unknown: never 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dossiers.rules.fees_due import FeeTerm
from procedures.constants import FeeKind

LABEL_LENGTH_MAX = 300


@dataclass(frozen=True, slots=True)
class ChargeDue:
    """One fee or duty owed; `amount_vnd` None = to be set by the desk."""

    kind: str
    label: str
    amount_vnd: int | None


def charges_due(terms: Sequence[FeeTerm], channel: int) -> tuple[ChargeDue, ...]:
    """One charge per kind on `channel`; nothing where the law says free (0).

    Several lines of one kind are alternatives that depend on a choice, so their amount is unknown.
    """
    own = [term for term in terms if term.channel == channel] or [term for term in terms if term.channel is None]
    found = (_due(kind, [term for term in own if term.kind == kind]) for kind in FeeKind)
    return tuple(due for due in found if due is not None)


def _due(kind: FeeKind, lines: Sequence[FeeTerm]) -> ChargeDue | None:
    if not lines or all(line.amount_vnd == 0 for line in lines):
        return None
    amount = lines[0].amount_vnd if len(lines) == 1 else None
    told = "; ".join(dict.fromkeys(line.text.strip() for line in lines if line.text.strip()))
    label = f"{kind.label}: {told}" if told else str(kind.label)
    return ChargeDue(kind, label[:LABEL_LENGTH_MAX], amount)
