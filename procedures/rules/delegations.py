"""Whether a unit may act in another's place today: what the delegation covers, and until when (domain.md §6.2, §13.4).

Pure. `valid_to` and `revoked_on` are the first day without the delegation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from haddong_portal.common.errors import Conflict
from procedures.constants import DelegatedAct


@dataclass(frozen=True, slots=True)
class DelegationTerms:
    """A delegation as one procedure sees it. Units are named as people read them."""

    delegation_id: int
    decision_no: str
    decided_on: date
    from_unit: str
    to_unit: str
    valid_from: date
    valid_to: date | None
    revoked_on: date | None
    acts: frozenset[str]
    covers_procedure: bool

    @property
    def ends_on(self) -> date | None:
        """The first day without it; None = open."""
        return min((day for day in (self.valid_to, self.revoked_on) if day is not None), default=None)

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.ends_on is None or on < self.ends_on)

    @property
    def named(self) -> str:
        """ủy quyền theo Quyết định 12/QĐ-UBND ngày 05/01/2024"""
        return f"ủy quyền theo Quyết định {self.decision_no} ngày {self.decided_on:%d/%m/%Y}"


def best_terms(candidates: Iterable[DelegationTerms], *, on: date) -> DelegationTerms | None:
    """The one to go by: in force and covering, else covering (the one that ended last), else any."""

    def rank(terms: DelegationTerms) -> tuple[bool, bool, bool, date]:
        ends = terms.ends_on or date.max
        return terms.covers_procedure and terms.in_force(on), terms.covers_procedure, terms.in_force(on), ends

    return max(candidates, key=rank, default=None)


def check_delegation(terms: DelegationTerms | None, *, on: date, act: str = "", from_unit: str = "") -> None:
    """Conflict `delegation.missing`, `.out_of_scope` or `.lapsed` (409) unless it allows the act on that day.

    `act` is a DelegatedAct; empty = any. `from_unit` names who would have to delegate when there is nothing at all.
    """
    if terms is None:
        who = f" của {from_unit}" if from_unit else ""
        raise Conflict("delegation.missing", f"Chưa có ủy quyền{who} để giải quyết thủ tục này.")
    named = terms.named[0].upper() + terms.named[1:]
    if not terms.covers_procedure:
        raise Conflict("delegation.out_of_scope", f"{named} không gồm thủ tục này.", data=_facts(terms))
    if on < terms.valid_from:
        message = f"{named} chỉ có hiệu lực từ ngày {terms.valid_from:%d/%m/%Y}."
        raise Conflict("delegation.missing", message, data=_facts(terms))
    if not terms.in_force(on):
        raise Conflict("delegation.lapsed", f"{named} {_ended(terms)}.", data=_facts(terms))
    if act and act not in terms.acts:
        label = DelegatedAct(act).label.lower()
        raise Conflict("delegation.out_of_scope", f"{named} không gồm việc {label}.", data=_facts(terms))


def why_frozen(terms: DelegationTerms | None, *, on: date, from_unit: str = "") -> str:
    """Why intake and acts stand still: one sentence, or "" when the delegation holds."""
    try:
        check_delegation(terms, on=on, from_unit=from_unit)
    except Conflict as refusal:
        return f"Quy trình đang tạm khóa: {refusal.message[0].lower()}{refusal.message[1:]}"
    return ""


def _ended(terms: DelegationTerms) -> str:
    day = terms.ends_on
    word = "đã chấm dứt" if day == terms.revoked_on else "đã hết hiệu lực"
    return f"{word} từ ngày {day:%d/%m/%Y}"


def _facts(terms: DelegationTerms) -> dict[str, object]:
    return {"delegation_id": terms.delegation_id, "decision_no": terms.decision_no}
