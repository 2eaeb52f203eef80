"""How a promised moment stands to the clock: in time, due soon, overdue, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from haddong_portal.common.clock import local
from haddong_portal.common.worktime.calendar import WorkCalendar
from haddong_portal.common.worktime.hours import MINUTES_PER_DAY

DUE_SOON_WORKING_MINUTES = MINUTES_PER_DAY
"""One working day: the last moment at which an extension may still be asked (NĐ 61/2018 art. 19.9)."""


class DeadlineKind(StrEnum):
    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class DeadlineState:
    """`remaining_minutes` are working minutes; zero or negative once overdue."""

    kind: DeadlineKind
    remaining_minutes: int

    @property
    def text(self) -> str:
        """For a badge: "còn 1 ngày 3 giờ làm việc", "quá hạn 2 giờ làm việc"; in the first evening "đã qua giờ hẹn"."""
        if self.kind == DeadlineKind.OVERDUE and self.remaining_minutes == 0:
            return "đã qua giờ hẹn"
        return describe_remaining(self.remaining_minutes)


def deadline_state(
    due_at: datetime,
    now: datetime,
    calendar: WorkCalendar,
    *,
    due_soon_minutes: int = DUE_SOON_WORKING_MINUTES,
) -> DeadlineState:
    """Where `now` stands before or after `due_at`; exactly at `due_at` is still in time."""
    remaining = calendar.working_minutes_between(local(now), due_at)
    if now > due_at:
        return DeadlineState(DeadlineKind.OVERDUE, min(remaining, 0))
    kind = DeadlineKind.DUE_SOON if remaining <= due_soon_minutes else DeadlineKind.IN_TIME
    return DeadlineState(kind, remaining)


def describe_remaining(minutes: int) -> str:
    """Working minutes in words, one day being eight hours; minutes are left out from one day on."""
    if minutes == 0:
        return "đến hạn"
    return f"{'còn' if minutes > 0 else 'quá hạn'} {duration_text(abs(minutes))} làm việc"


def duration_text(minutes: int) -> str:
    """ "1 ngày 3 giờ", "3 giờ 20 phút", "25 phút"; zero is "0 phút"."""
    days, rest = divmod(minutes, MINUTES_PER_DAY)
    hours, left = divmod(rest, 60)
    parts = [(days, "ngày"), (hours, "giờ"), (0 if days else left, "phút")]
    return " ".join(f"{amount} {unit}" for amount, unit in parts if amount) or "0 phút"
