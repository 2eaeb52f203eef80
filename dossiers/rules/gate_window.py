"""Which dossiers stand at the gate now, as windows that a list can be asked for (domain.md §4.4).

The same rule as `waits.gate_opens_at`, turned round: from the moment of looking to the due dates whose gate is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dossiers.rules.clock_policy import DEFAULT_POLICY, ClockPolicy
from haddong_portal.common.clock import VIETNAM, local
from haddong_portal.common.worktime import WorkCalendar

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class GateWindow:
    """Due from `due_from` and before `due_before`, received until `accepted_until`: the gate is open."""

    due_from: datetime
    due_before: datetime
    accepted_until: datetime


def open_gates(now: datetime, calendar: WorkCalendar, policy: ClockPolicy = DEFAULT_POLICY) -> tuple[GateWindow, ...]:
    """One window per working day whose dossiers stand at the gate; none of them is due before `now`."""
    days = policy.reminders.gate_working_days
    opened = _last_opened(now, calendar)
    return tuple(_window(_nth(calendar, opened, ahead), days, now, calendar) for ahead in range(days + 1))


def _last_opened(now: datetime, calendar: WorkCalendar) -> date:
    """The last working day whose office hours have begun."""
    today = local(now).date()
    if calendar.is_working_day(today) and calendar.start_of_day(today) <= now:
        return today
    return calendar.previous_working_day(today)


def _nth(calendar: WorkCalendar, on: date, count: int) -> date:
    return calendar.add_working_days(on, count)


def _window(due_on: date, days: int, now: datetime, calendar: WorkCalendar) -> GateWindow:
    """A date on a day off counts as the next working day, so the window reaches back over the days off before it."""
    opens_on = calendar.add_working_days(due_on, -days)
    first = calendar.previous_working_day(due_on) + _DAY
    return GateWindow(
        due_from=max(_midnight(first), local(now)),
        due_before=_midnight(due_on + _DAY),
        accepted_until=calendar.end_of_day(calendar.previous_working_day(opens_on)),
    )


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, tzinfo=VIETNAM)
