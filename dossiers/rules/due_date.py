"""The due date of a dossier: a pure function of limit, acceptance, calendar and rule-set, told line by line.

Working days leave out the first day and end with office hours of day n; hours count inside office hours
only; calendar days leave out the first day and, ending on a day off, move to the next working day; a
month ends on the same day number (Bộ luật Dân sự 2015 art. 147–148). A same-day result received after
the cut-off is due on the next working day (Luật Hộ tịch art. 5, NĐ 23/2015 art. 7).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from dossiers.rules.acceptance import Acceptance, deem_accepted, is_after, start_linked_group
from dossiers.rules.clock_policy import DEFAULT_POLICY, ClockPolicy
from dossiers.rules.due_lines import (
    COUNTING_KEY,
    ENDING_KEY,
    ExplanationLine,
    LineCode,
    calendar_lines,
    day_lines,
    due_line,
    hour_lines,
    limit_line,
    skipped_text,
)
from haddong_portal.common.dates import long_date
from haddong_portal.common.limits import LimitUnit, TimeLimit
from haddong_portal.common.worktime import MINUTES_PER_DAY, WorkCalendar

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DueDate:
    """A promise and its reasons.

    `deemed_accepted_at` is the moment counting rests on; `counted_from_on` the first day that counts.
    The last line of `explanation` is the promise itself.
    """

    due_at: datetime
    deemed_accepted_at: datetime
    counted_from_on: date
    explanation: tuple[ExplanationLine, ...]

    @property
    def lines(self) -> list[str]:
        """The sentences alone."""
        return [line.text for line in self.explanation]


@dataclass(frozen=True, slots=True)
class _Count:
    """What one kind of limit makes of an acceptance."""

    due_at: datetime
    counted_from_on: date
    lines: tuple[ExplanationLine, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """What every kind of limit is counted from."""

    limit: TimeLimit
    acceptance: Acceptance
    calendar: WorkCalendar
    policy: ClockPolicy

    @property
    def start_on(self) -> date:
        return self.acceptance.deemed_at.date()


def compute_due(
    *,
    limit: TimeLimit,
    accepted_at: datetime,
    calendar: WorkCalendar,
    policy: ClockPolicy = DEFAULT_POLICY,
    after_cutoff_counts_next_day: bool = False,
) -> DueDate:
    """The due date of a dossier received complete at `accepted_at` (aware; ValueError for a naive one).

    `after_cutoff_counts_next_day` is the rule of linked groups (NĐ 63/2024 art. 7.2). What happens after
    acceptance (supplements, pauses, a re-appointment) is read by `clock.legal_due_at`.
    """
    if after_cutoff_counts_next_day:
        acceptance = start_linked_group(accepted_at, calendar, policy)
    else:
        acceptance = deem_accepted(accepted_at, calendar)
    case = _Case(limit, acceptance, calendar, policy)
    count = _COUNTERS[limit.unit](case)
    explanation = (*acceptance.lines, *_closing_lines(case, count))
    return DueDate(count.due_at, acceptance.deemed_at, count.counted_from_on, explanation)


def _closing_lines(case: _Case, count: _Count) -> Iterator[ExplanationLine]:
    yield limit_line(case.limit, COUNTING_KEY)
    yield from count.lines
    yield from calendar_lines(case.calendar, case.acceptance.received_at.date(), count.due_at.date())
    yield due_line(count.due_at, ENDING_KEY)


def _same_day(case: _Case) -> _Count:
    """End of office hours of the day; received after the cut-off, of the next working day."""
    due_on = case.start_on
    received_at, cutoff = case.acceptance.received_at, case.policy.same_day_cutoff
    rolls = case.limit.rolls_after_15 and not case.acceptance.is_moved_to_later_day and is_after(received_at, cutoff)
    lines: tuple[ExplanationLine, ...] = ()
    if rolls:
        due_on = case.calendar.next_working_day(due_on)
        lines = (_rolled_past_cutoff(case, due_on),)
    return _Count(case.calendar.end_of_day(due_on), due_on, lines)


def _rolled_past_cutoff(case: _Case, due_on: date) -> ExplanationLine:
    between = _gap_text(case.calendar, case.start_on, due_on)
    text = f"Tiếp nhận sau {case.policy.same_day_cutoff:%H:%M} nên trả vào ngày làm việc tiếp theo: {long_date(due_on)}"
    return ExplanationLine(LineCode.CUTOFF, f"{text}{between}.", due_on, case.policy.same_day_legal_key)


def _working_days(case: _Case) -> _Count:
    """Whole days without the first one; a part of a day is office minutes, never past that day's end."""
    calendar, start_on = case.calendar, case.start_on
    whole = int(case.limit.amount)
    part = case.limit.amount - whole
    if whole == 0:
        return _part_of_a_day(case)
    last_on = calendar.add_working_days(start_on, whole)
    due_at = calendar.end_of_day(last_on)
    lines = list(day_lines(calendar, start_on, last_on))
    if part:
        opening = calendar.start_of_day(calendar.next_working_day(last_on))
        due_at = _within_day(calendar, opening, part)
        lines.extend(hour_lines(calendar, opening, due_at))
    return _Count(due_at, calendar.next_working_day(start_on), tuple(lines))


def _part_of_a_day(case: _Case) -> _Count:
    start_at = case.acceptance.deemed_at
    cap = case.calendar.end_of_day(case.calendar.next_working_day(case.start_on))
    due_at = min(case.calendar.add_working_minutes(start_at, case.limit.working_minutes or 1), cap)
    return _Count(due_at, start_at.date(), tuple(hour_lines(case.calendar, start_at, due_at)))


def _within_day(calendar: WorkCalendar, opening: datetime, part: Decimal) -> datetime:
    return min(
        calendar.add_working_minutes(opening, round(part * MINUTES_PER_DAY)), calendar.end_of_day(opening.date())
    )


def _working_hours(case: _Case) -> _Count:
    start_at = case.acceptance.deemed_at
    due_at = case.calendar.add_working_minutes(start_at, case.limit.working_minutes or 1)
    return _Count(due_at, start_at.date(), tuple(hour_lines(case.calendar, start_at, due_at)))


def _calendar(case: _Case) -> _Count:
    """Counted through to the last day, and on to the next working day if that is a day off."""
    last_on = last_calendar_day(case.limit, case.start_on)
    due_on, rolled = roll_over(last_on, case.calendar, case.policy)
    counted = ExplanationLine(LineCode.COUNTED, _through_text(case, last_on), last_on)
    return _Count(case.calendar.end_of_day(due_on), case.start_on + _DAY, (counted, *rolled))


def last_calendar_day(limit: TimeLimit, start_on: date) -> date:
    """The last day of a limit in calendar days or months, day off or not."""
    if limit.unit == LimitUnit.CALENDAR_DAY:
        return start_on + _DAY * int(limit.amount)
    months = start_on.month - 1 + int(limit.amount)
    year, month = start_on.year + months // 12, months % 12 + 1
    return date(year, month, min(start_on.day, monthrange(year, month)[1]))


def roll_over(last_on: date, calendar: WorkCalendar, policy: ClockPolicy) -> tuple[date, tuple[ExplanationLine, ...]]:
    """The working day on which a calendar limit ends, and the line that tells why it is not `last_on`."""
    due_on = calendar.working_day_on_or_after(last_on)
    if due_on == last_on:
        return due_on, ()
    reason = skipped_text(calendar, last_on, due_on - _DAY)
    text = f"Ngày cuối là ngày nghỉ ({reason}) nên chuyển sang ngày làm việc tiếp theo: {long_date(due_on)}."
    return due_on, (ExplanationLine(LineCode.ROLLED, text, due_on, ENDING_KEY),)


def _through_text(case: _Case, last_on: date) -> str:
    if case.limit.unit == LimitUnit.CALENDAR_MONTH:
        return f"Ngày tương ứng của tháng cuối: {long_date(last_on)}."
    first = f"Ngày 1: {long_date(case.start_on + _DAY)}"
    amount = int(case.limit.amount)
    return f"{first}." if amount == 1 else f"{first}; ngày {amount}: {long_date(last_on)}."


def _gap_text(calendar: WorkCalendar, before: date, after: date) -> str:
    """The days off strictly between two days, in brackets."""
    if after - before <= _DAY:
        return ""
    return f" ({skipped_text(calendar, before + _DAY, after - _DAY)} không tính)"


_COUNTERS: dict[LimitUnit, Callable[[_Case], _Count]] = {
    LimitUnit.SAME_DAY: _same_day,
    LimitUnit.WORKING_DAY: _working_days,
    LimitUnit.WORKING_HOUR: _working_hours,
    LimitUnit.CALENDAR_DAY: _calendar,
    LimitUnit.CALENDAR_MONTH: _calendar,
}
