"""Moving a promise by pauses: by office minutes, by the wall clock where a limit counts calendar days, and to the end
of another day where it ends with the day of acceptance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from dossiers.rules.clock_lines import paused_days_line, paused_line, paused_same_day_line
from dossiers.rules.clock_policy import ClockPolicy
from dossiers.rules.clock_stops import Stops
from dossiers.rules.due_changes import PauseInterval, merge_pauses, pauses_before, shift_due_by_pauses
from dossiers.rules.due_date import DueDate, last_calendar_day, roll_over
from dossiers.rules.due_lines import ExplanationLine, LineCode
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.dates import long_date
from haddong_portal.common.limits import TimeLimit
from haddong_portal.common.worktime import WorkCalendar

_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Promise:
    """A due date and the lines that moved it there."""

    due_at: datetime
    lines: tuple[ExplanationLine, ...]


def counting_starts_at(due: DueDate) -> datetime:
    """From when a stop costs anything: the acceptance, or the first day that counts."""
    return max(due.deemed_accepted_at, datetime.combine(due.counted_from_on, time(), tzinfo=VIETNAM))


def shift_working_time(
    due_at: datetime, pauses: Iterable[PauseInterval], stops: Stops, calendar: WorkCalendar
) -> Promise:
    """Moved by the office minutes of each pause that began before the due date was reached."""
    counted = pauses_before(due_at, pauses, calendar)
    lines: list[ExplanationLine] = []
    for pause in counted:
        due_at = shift_due_by_pauses(due_at, [pause], calendar)
        minutes = calendar.working_minutes_between(pause.started_at, pause.ended_at)
        lines.append(paused_line(pause, stops.during(pause), minutes, due_at))
    return Promise(due_at, stops.with_keys(counted, lines))


def shift_calendar_limit(
    limit: TimeLimit,
    due: DueDate,
    pauses: Iterable[PauseInterval],
    stops: Stops,
    calendar: WorkCalendar,
    policy: ClockPolicy,
) -> Promise:
    """The last calendar day moved by the pauses' own length, then on to a working day if it is a day off."""
    last_on = last_calendar_day(limit, due.deemed_accepted_at.date())
    over_at = datetime.combine(last_on + _DAY, time(), tzinfo=VIETNAM)
    counted: list[PauseInterval] = []
    for pause in merge_pauses(pauses):
        if pause.started_at >= over_at:
            break
        counted.append(pause)
        over_at += pause.ended_at - pause.started_at
    if not counted:
        return Promise(due.due_at, ())
    return _ending(over_at, counted, stops, calendar, policy)


def _ending(
    over_at: datetime, counted: list[PauseInterval], stops: Stops, calendar: WorkCalendar, policy: ClockPolicy
) -> Promise:
    """The due date of a calendar limit that is used up at `over_at`, with its lines."""
    last_on = (over_at - _TICK).date()
    due_on, rolled = roll_over(last_on, calendar, policy)
    told = stops.with_keys(counted, [paused_days_line(pause, stops.during(pause)) for pause in counted])
    moved = ExplanationLine(LineCode.COUNTED, f"Ngày cuối lùi đến {long_date(last_on)}.", last_on)
    return Promise(calendar.end_of_day(due_on), (*told, moved, *rolled))


def shift_same_day(due_at: datetime, pauses: Iterable[PauseInterval], stops: Stops, calendar: WorkCalendar) -> Promise:
    """Kept while the day has office time left after the pause, otherwise the end of the day on which work goes on."""
    counted: list[PauseInterval] = []
    lines: list[ExplanationLine] = []
    for pause in merge_pauses(pauses):
        if pause.started_at >= due_at:
            break
        if pause.ended_at >= due_at:
            due_at = calendar.end_of_day(calendar.next_working_moment(pause.ended_at + _TICK).date())
        counted.append(pause)
        lines.append(paused_same_day_line(pause, stops.during(pause), due_at))
    return Promise(due_at, stops.with_keys(counted, lines))
