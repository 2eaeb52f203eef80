"""Which hours and day counts a rule-set prescribes for the clock (domain.md §0.1: rule-sets are data)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time
from decimal import Decimal

from dossiers.constants import AgainReason
from dossiers.rules.act_policy import ActPolicy
from dossiers.rules.interval_policy import IntervalPolicy
from dossiers.rules.reminder_policy import ReminderPolicy
from haddong_portal.common.limits import LimitUnit, TimeLimit
from haddong_portal.common.text import fold

_WAIT_UNITS = {
    "calendar_days": LimitUnit.CALENDAR_DAY,
    "working_days": LimitUnit.WORKING_DAY,
    "working_hours": LimitUnit.WORKING_HOUR,
}


@dataclass(frozen=True, slots=True)
class ClockPolicy:
    """The clock's part of a rule-set. A cut-off of None means that the rule-set has no such rule.

    The 15:00 rule has three meanings: results due the same day, hand-over to the handling unit, and the
    start of a linked group. "After" is strict: exactly 15:00 is not after 15:00.
    """

    rule_set: str = "R2"
    same_day_cutoff: time | None = time(15)
    same_day_legal_key: str = "LHT60-2014-D5"
    transfer_cutoff: time | None = time(15)
    transfer_legal_key: str = "ND61-2018-D18"
    linked_group_cutoff: time | None = time(15)
    linked_group_legal_key: str = "ND63-2024-D7"
    supplement_notice_working_days: int = 3
    extension_notice_working_days: int = 1
    extension_legal_key: str = "ND61-2018-D19"
    extensions_max: int = 1
    open_supplement_requests_max: int = 1
    guidance_max: int = 1
    guidance_again_for: frozenset[str] = frozenset(AgainReason.values)
    supplement_wait: TimeLimit = TimeLimit(Decimal(30), LimitUnit.CALENDAR_DAY)
    intervals: IntervalPolicy = IntervalPolicy()
    payment_pauses_for: frozenset[str] = frozenset()
    """Procedure codes and names of sectors."""
    reminders: ReminderPolicy = ReminderPolicy()
    acts: ActPolicy = ActPolicy()

    @classmethod
    def from_rule_set(cls, code: str, values: Mapping[str, Mapping[str, object]]) -> ClockPolicy:
        """The policy in a rule-set's values (`{"same_day_cutoff": {"value": "15:00", "legal_key": …}, …}`).

        What the rule-set does not name keeps its default; ValueError for a time, number or word that is none.
        """
        base = cls()
        return replace(
            base,
            rule_set=code,
            same_day_cutoff=_cutoff(values, "same_day_cutoff", base.same_day_cutoff),
            same_day_legal_key=_legal_key(values, "same_day_cutoff", base.same_day_legal_key),
            transfer_cutoff=_cutoff(values, "handover_cutoff", base.transfer_cutoff),
            transfer_legal_key=_legal_key(values, "handover_cutoff", base.transfer_legal_key),
            linked_group_cutoff=_cutoff(values, "start_cutoff", base.linked_group_cutoff),
            linked_group_legal_key=_legal_key(values, "start_cutoff", base.linked_group_legal_key),
            supplement_notice_working_days=_days(values, "supplement_notice_within", 3),
            extension_notice_working_days=_days(values, "reappointment_notice_before_due", 1),
            extension_legal_key=_legal_key(values, "reappointment_notice_before_due", base.extension_legal_key),
            extensions_max=_days(values, "reappointment_max", base.extensions_max),
            open_supplement_requests_max=_days(values, "supplement_requests_after_acceptance_max", 1),
            guidance_max=_days(values, "supplement_requests_at_intake_max", base.guidance_max),
            guidance_again_for=_words(values, "guidance_again_for", base.guidance_again_for),
            supplement_wait=_wait(values, "supplement_wait", base.supplement_wait),
            intervals=IntervalPolicy.from_values(values),
            payment_pauses_for=_words(values, "financial_duty_pauses_for", base.payment_pauses_for),
            reminders=ReminderPolicy.from_values(values),
            acts=ActPolicy.from_values(values),
        )

    def payment_pauses(self, *, procedure_code: str, sector: str) -> bool:
        """Whether the law of this procedure's sector does not count the time that a financial duty takes."""
        named = {fold(word) for word in self.payment_pauses_for}
        return bool({fold(procedure_code), fold(sector)} & named)


DEFAULT_POLICY = ClockPolicy()

_Values = Mapping[str, Mapping[str, object]]


def _cutoff(values: _Values, key: str, default: time | None) -> time | None:
    if key not in values:
        return default
    value = values[key]["value"]
    return None if value is None else time.fromisoformat(str(value))


def _legal_key(values: _Values, key: str, default: str) -> str:
    return str(values[key].get("legal_key") or default) if key in values else default


def _days(values: _Values, key: str, default: int) -> int:
    return int(str(values[key]["value"])) if key in values else default


def _words(values: _Values, key: str, default: frozenset[str]) -> frozenset[str]:
    found = values[key].get("value") if key in values else None
    return frozenset(map(str, found)) if isinstance(found, list) else default


def _wait(values: _Values, key: str, default: TimeLimit) -> TimeLimit:
    if key not in values:
        return default
    unit = _WAIT_UNITS[str(values[key].get("unit") or "calendar_days")]
    return TimeLimit(str(values[key]["value"]), unit)
