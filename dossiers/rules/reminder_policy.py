"""When the portal reminds, under a rule-set (domain.md §4.4: choices of design, kept as data)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

Values = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class ReminderPolicy:
    """Offsets in working days and hours, and the hour of the day at which heads and clerks are told."""

    hour: time = time(9)
    before_due_working_days: int = 3
    gate_working_days: int = 1
    uncollected_first_working_days: int = 3
    uncollected_second_working_days: int = 10
    submission_check_working_hours: int = 8
    submission_warning_working_hours: int = 2

    @classmethod
    def from_values(cls, values: Values) -> ReminderPolicy:
        """From a rule-set's values; what they do not name keeps its default."""
        base = cls()
        hour = values.get("reminder_hour", {}).get("value")
        return cls(
            hour=time.fromisoformat(str(hour)) if hour else base.hour,
            before_due_working_days=_number(values, "reminder_before_due", base.before_due_working_days),
            gate_working_days=_number(values, "gate_before_due", base.gate_working_days),
            uncollected_first_working_days=_number(
                values, "uncollected_first_after", base.uncollected_first_working_days
            ),
            uncollected_second_working_days=_number(
                values, "uncollected_second_after", base.uncollected_second_working_days
            ),
            submission_check_working_hours=_number(values, "online_check_within", base.submission_check_working_hours),
            submission_warning_working_hours=_number(
                values, "online_check_reminder_before", base.submission_warning_working_hours
            ),
        )


def _number(values: Values, key: str, default: int) -> int:
    """The stored number; ValueError for what is none."""
    value = values.get(key, {}).get("value")
    return default if value is None else int(str(value))
