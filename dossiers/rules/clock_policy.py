"""Which hours and day counts a rule-set prescribes for the clock (domain.md §0.1: rule-sets are data)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import time


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
    counting_legal_key: str = "BLDS2015-D147"
    ending_legal_key: str = "BLDS2015-D148"
    supplement_notice_working_days: int = 3
    extension_notice_working_days: int = 1

    @classmethod
    def from_rule_set(cls, code: str, values: Mapping[str, Mapping[str, object]]) -> ClockPolicy:
        """The policy in a rule-set's values (`{"same_day_cutoff": {"value": "15:00", "legal_key": …}, …}`).

        What the rule-set does not name keeps its default; ValueError for a time or number that is none.
        """
        found: dict[str, object] = {"rule_set": code}
        for key, (value_field, legal_field) in _RULE_SET_KEYS.items():
            if key in values:
                found[value_field] = _typed(value_field, values[key]["value"])
                if legal_field and (legal_key := values[key].get("legal_key")):
                    found[legal_field] = str(legal_key)
        return _with(cls(), found)


DEFAULT_POLICY = ClockPolicy()

_RULE_SET_KEYS = {
    "same_day_cutoff": ("same_day_cutoff", "same_day_legal_key"),
    "handover_cutoff": ("transfer_cutoff", "transfer_legal_key"),
    "start_cutoff": ("linked_group_cutoff", "linked_group_legal_key"),
    "supplement_notice_within": ("supplement_notice_working_days", ""),
    "reappointment_notice_before_due": ("extension_notice_working_days", ""),
}


def _typed(name: str, value: object) -> object:
    if name.endswith("_cutoff"):
        return None if value is None else time.fromisoformat(str(value))
    return int(str(value))


def _with(policy: ClockPolicy, found: Mapping[str, object]) -> ClockPolicy:
    """A copy with some fields replaced (their types were settled by `_typed`)."""
    values = {each.name: found.get(each.name, getattr(policy, each.name)) for each in fields(policy)}
    return replace(policy, **values)
