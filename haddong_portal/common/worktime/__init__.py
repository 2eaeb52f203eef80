"""Working time: which days and minutes count, and how to walk along them (pure, no Django).

A `WorkCalendar` joins dated facts (`DayEntry`: holidays, compensation, swap days) with office hours.
Everything that promises, pauses or measures a time limit rests on it.
"""

from haddong_portal.common.worktime.calendar import WorkCalendar, build_calendar
from haddong_portal.common.worktime.days import Certainty, DayEntry, DayKind
from haddong_portal.common.worktime.deadlines import (
    DUE_SOON_WORKING_MINUTES,
    DeadlineKind,
    DeadlineState,
    deadline_state,
    describe_remaining,
)
from haddong_portal.common.worktime.hours import (
    DEFAULT_HOURS,
    DEFAULT_WEEK,
    MINUTES_PER_DAY,
    MINUTES_PER_HOUR,
    HoursPeriod,
    OfficeHours,
    Session,
    WeekHours,
)
from haddong_portal.common.worktime.loading import (
    load_calendar_rows,
    load_calendar_version,
    shipped_calendar,
    shipped_calendar_path,
)

__all__ = [
    "DEFAULT_HOURS",
    "DEFAULT_WEEK",
    "DUE_SOON_WORKING_MINUTES",
    "MINUTES_PER_DAY",
    "MINUTES_PER_HOUR",
    "Certainty",
    "DayEntry",
    "DayKind",
    "DeadlineKind",
    "DeadlineState",
    "HoursPeriod",
    "OfficeHours",
    "Session",
    "WeekHours",
    "WorkCalendar",
    "build_calendar",
    "deadline_state",
    "describe_remaining",
    "load_calendar_rows",
    "load_calendar_version",
    "shipped_calendar",
    "shipped_calendar_path",
]
