"""The clock of a dossier as the screens draw it."""

from __future__ import annotations

from datetime import datetime

from haddong_portal.common.web.looks import Deadline
from haddong_portal.common.worktime import WorkCalendar
from haddong_portal.common.worktime.deadlines import DeadlineKind, deadline_state

STATES = {DeadlineKind.IN_TIME: "in_time", DeadlineKind.DUE_SOON: "due_soon", DeadlineKind.OVERDUE: "late"}
WHOLE = 100.0


def clock_of(
    *,
    accepted_at: datetime | None,
    due_at: datetime | None,
    finished_at: datetime | None,
    now: datetime,
    calendar: WorkCalendar,
    with_share: bool = True,
) -> Deadline:
    """State, words and used share; once finished, whether the promise was kept. Lists that draw no bar do without the
    share (`with_share` False): it costs most of the arithmetic."""
    if due_at is None or accepted_at is None:
        return Deadline("not_started")
    used = _used_percent(accepted_at, due_at, finished_at or now, calendar) if with_share else None
    if finished_at:
        return Deadline("done" if finished_at <= due_at else "done_late", "", used)
    state = deadline_state(due_at, now, calendar)
    return Deadline(STATES[state.kind], state.text, used)


def _used_percent(start: datetime, due: datetime, until: datetime, calendar: WorkCalendar) -> float:
    whole = calendar.working_minutes_between(start, due)
    if whole <= 0:
        return WHOLE
    return min(WHOLE, max(0.0, WHOLE * calendar.working_minutes_between(start, until) / whole))
