"""Deadlines beside the due date: check of an online submission, wait for a supplement, last apology, the gate."""

from __future__ import annotations

from datetime import datetime

from dossiers.rules.clock_policy import DEFAULT_POLICY, ClockPolicy
from dossiers.rules.due_changes import latest_extension_on
from dossiers.rules.due_date import compute_due
from haddong_portal.common.clock import local
from haddong_portal.common.limits import TimeLimit
from haddong_portal.common.worktime import WorkCalendar


def submission_check_due_at(
    submitted_at: datetime, calendar: WorkCalendar, policy: ClockPolicy = DEFAULT_POLICY
) -> datetime:
    """Until when an online submission is checked: 8 working hours of its receipt (NĐ 45/2020 art. 11)."""
    return calendar.add_working_minutes(submitted_at, policy.reminders.submission_check_working_hours * 60)


def supplement_until(
    requested_at: datetime,
    calendar: WorkCalendar,
    policy: ClockPolicy = DEFAULT_POLICY,
    *,
    wait: TimeLimit | None = None,
) -> datetime:
    """Until when a supplement is awaited: the procedure's own `wait`, else the rule-set's."""
    return compute_due(
        limit=wait or policy.supplement_wait, accepted_at=requested_at, calendar=calendar, policy=policy
    ).due_at


def latest_extension_at(due_at: datetime, calendar: WorkCalendar, policy: ClockPolicy = DEFAULT_POLICY) -> datetime:
    """The last moment for apology and new date: end of office hours one working day before (NĐ 61/2018 art. 19.9)."""
    return calendar.end_of_day(latest_extension_on(due_at, calendar, policy))


def gate_opens_at(
    due_at: datetime, accepted_at: datetime, calendar: WorkCalendar, policy: ClockPolicy = DEFAULT_POLICY
) -> datetime | None:
    """When the choice between "on time" and the apology is forced: opening of the last day on which it may be issued.

    None when that is not after acceptance: such a dossier is due too soon for a gate (same-day procedures).
    """
    opens_at = opening_before(due_at, policy.reminders.gate_working_days, calendar)
    return opens_at if opens_at > calendar.next_working_moment(accepted_at) else None


def opening_before(due_at: datetime, working_days: int, calendar: WorkCalendar) -> datetime:
    """Opening of office hours some working days before the day of `due_at`."""
    due_on = calendar.working_day_on_or_after(local(due_at).date())
    return calendar.start_of_day(calendar.add_working_days(due_on, -working_days))
