"""Until when an asked unit answers: a deadline of its own inside the dossier's time (NĐ 61/2018 art. 19.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from haddong_portal.common.clock import local
from haddong_portal.common.dates import long_date
from haddong_portal.common.errors import DomainError
from haddong_portal.common.worktime import WorkCalendar

# More are more than one page of a written request names.
UNITS_MAX = 10


class Stance(StrEnum):
    """What an asked unit says."""

    AGREE = "agree"
    DISAGREE = "disagree"
    DECLINE = "decline"


STANCE_LABELS = {
    Stance.AGREE: "Đồng ý",
    Stance.DISAGREE: "Không đồng ý",
    Stance.DECLINE: "Từ chối cho ý kiến",
}


@dataclass(frozen=True, kw_only=True)
class AskData:
    """One unit to ask: what, and until the end of which working day."""

    unit_id: int
    question: str
    answer_on: date


def answer_due_at(answer_on: date, *, now: datetime, due_at: datetime | None, calendar: WorkCalendar) -> datetime:
    """The end of office hours of that day in the asked unit.

    DomainError opinion.due_day_off, .due_past, or .due_late for a day after the dossier's promise; a promise that has
    gone by limits nothing any more.
    """
    if not calendar.is_working_day(answer_on):
        raise _refusal("due_day_off", f"Hạn trả lời {long_date(answer_on)} là ngày nghỉ.")
    moment = calendar.end_of_day(answer_on)
    if moment <= now:
        raise _refusal("due_past", f"Hạn trả lời {long_date(answer_on)} đã qua.")
    if due_at is not None and now <= due_at < moment and local(due_at).date() < answer_on:
        raise _refusal(
            "due_late",
            f"Hạn trả lời không quá ngày hẹn trả {long_date(local(due_at).date())}: lấy ý kiến nằm trong thời hạn.",
        )
    return moment


def late_minutes(*, due_at: datetime, answered_at: datetime, calendar: WorkCalendar) -> int:
    """Working minutes after the deadline, at least 1 for any answer after it; 0 in time."""
    if answered_at <= due_at:
        return 0
    return max(1, calendar.working_minutes_between(due_at, answered_at))


def _refusal(code: str, message: str) -> DomainError:
    return DomainError(f"opinion.{code}", message, "answer_on")
