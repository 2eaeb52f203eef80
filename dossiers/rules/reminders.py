"""Which reminder of a dossier speaks when (domain.md §4.4): moments only; who is told and how is not decided here.

A rule speaks once, OVERDUE once each working day. The sweep keeps the earliest next moment with the dossier and reads
nothing else; what it then finds due it takes from `due_reminders`, so that an idle night loses and repeats nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from dossiers.constants import IN_PROGRESS, Status
from dossiers.rules.clock_policy import DEFAULT_POLICY, ClockPolicy
from dossiers.rules.waits import gate_opens_at, opening_before
from haddong_portal.common.clock import VIETNAM, local
from haddong_portal.common.worktime import WorkCalendar

_TICK = timedelta(microseconds=1)


class ReminderRule(StrEnum):
    """What is reminded of; of two at one moment the earlier in this list comes first."""

    BEFORE_3_DAYS = "before_3_days"
    GATE = "gate"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    UNCOLLECTED_3 = "uncollected_3"
    UNCOLLECTED_10 = "uncollected_10"
    SUBMISSION_CHECK = "submission_check"
    SUPPLEMENT_LAPSES = "supplement_lapses"
    OPINION_LATE = "opinion_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderFacts:
    """What reminders depend on.

    `is_running` is the clock's; `gate_answered` that "on time" was confirmed for this due date or an apology issued;
    `ready_at` when the result was there to collect; `opinion_due_at` the earliest deadline of an open opinion.
    """

    status: Status
    accepted_at: datetime | None = None
    due_at: datetime | None = None
    is_running: bool = True
    gate_answered: bool = False
    ready_at: datetime | None = None
    check_due_at: datetime | None = None
    supplement_until: datetime | None = None
    opinion_due_at: datetime | None = None


Reminder = tuple[datetime, ReminderRule]


@dataclass(frozen=True, slots=True)
class _Case:
    facts: ReminderFacts
    calendar: WorkCalendar
    policy: ClockPolicy

    def at_hour(self, on: date) -> datetime:
        """The telling hour of a day."""
        return datetime.combine(on, self.policy.reminders.hour, tzinfo=VIETNAM)

    def first_hour_after(self, moment: datetime) -> datetime:
        """The first telling hour of a working day strictly after a moment."""
        moment = local(moment)
        at = self.at_hour(self.calendar.working_day_on_or_after(moment.date()))
        return at if at > moment else self.at_hour(self.calendar.next_working_day(moment.date()))

    def last_hour_until(self, moment: datetime) -> datetime:
        """The last telling hour of a working day not after a moment."""
        moment = local(moment)
        if self.calendar.is_working_day(moment.date()) and self.at_hour(moment.date()) <= moment:
            return self.at_hour(moment.date())
        return self.at_hour(self.calendar.previous_working_day(moment.date()))


def next_reminder(
    *, facts: ReminderFacts, after: datetime, calendar: WorkCalendar, policy: ClockPolicy = DEFAULT_POLICY
) -> Reminder | None:
    """The earliest reminder strictly after `after`, or None when the dossier has nothing more to be reminded of."""
    case = _Case(facts, calendar, policy)
    coming = [each for each in _single(case) if each[0] > after]
    if first_at := _first_overdue(case):
        coming.append((max(first_at, case.first_hour_after(after)), ReminderRule.OVERDUE))
    return min(coming, key=_in_order) if coming else None


def due_reminders(
    *,
    facts: ReminderFacts,
    after: datetime,
    until: datetime,
    calendar: WorkCalendar,
    policy: ClockPolicy = DEFAULT_POLICY,
) -> list[Reminder]:
    """Every rule that spoke after `after` and not after `until`, in order; OVERDUE once, at its latest moment."""
    case = _Case(facts, calendar, policy)
    found = [each for each in _single(case) if after < each[0] <= until]
    first_at, latest_at = _first_overdue(case), case.last_hour_until(until)
    if first_at and max(first_at, after + _TICK) <= latest_at:
        found.append((latest_at, ReminderRule.OVERDUE))
    return sorted(found, key=_in_order)


def _in_order(reminder: Reminder) -> tuple[datetime, int]:
    return reminder[0], _ORDER[reminder[1]]


def _single(case: _Case) -> Iterator[Reminder]:
    """Every reminder that speaks once, in whatever order."""
    status = case.facts.status
    if status == Status.SUBMITTED:
        yield from _submission(case)
    elif status == Status.DONE:
        yield from _uncollected(case)
    elif status in IN_PROGRESS:
        if status == Status.WAIT_SUPPLEMENT:
            yield from _submission(case)
        yield from _before_due(case)
        yield from _waiting(case)


def _submission(case: _Case) -> Iterator[Reminder]:
    """Some working hours before the check of what came from home is due: a filing, or a supplement."""
    if case.facts.check_due_at:
        minutes = case.policy.reminders.submission_warning_working_hours * 60
        yield case.calendar.add_working_minutes(case.facts.check_due_at, -minutes), ReminderRule.SUBMISSION_CHECK


def _uncollected(case: _Case) -> Iterator[Reminder]:
    """Working days after the result was ready."""
    if case.facts.ready_at:
        ready_on, reminders = local(case.facts.ready_at).date(), case.policy.reminders
        first_on = case.calendar.add_working_days(ready_on, reminders.uncollected_first_working_days)
        second_on = case.calendar.add_working_days(ready_on, reminders.uncollected_second_working_days)
        yield case.at_hour(first_on), ReminderRule.UNCOLLECTED_3
        yield case.at_hour(second_on), ReminderRule.UNCOLLECTED_10


def _before_due(case: _Case) -> Iterator[Reminder]:
    """To the officer, the gate, and the day itself; what would lie before acceptance is left out."""
    facts, calendar = case.facts, case.calendar
    if not (facts.is_running and facts.due_at and facts.accepted_at):
        return
    early_at = opening_before(facts.due_at, case.policy.reminders.before_due_working_days, calendar)
    if early_at > calendar.next_working_moment(facts.accepted_at):
        yield early_at, ReminderRule.BEFORE_3_DAYS
    gate_at = gate_opens_at(facts.due_at, facts.accepted_at, calendar, case.policy)
    if gate_at and not facts.gate_answered:
        yield gate_at, ReminderRule.GATE
    today_at = _due_today(case, facts.due_at)
    if today_at > facts.accepted_at:
        yield today_at, ReminderRule.DUE_TODAY


def _due_today(case: _Case, due_at: datetime) -> datetime:
    """The telling hour of the due day; its opening when the dossier is due by that hour."""
    due_on = local(due_at).date()
    at = case.at_hour(due_on)
    return at if at < due_at or not case.calendar.is_working_day(due_on) else case.calendar.start_of_day(due_on)


def _waiting(case: _Case) -> Iterator[Reminder]:
    """A supplement that never came, an opinion that is late."""
    facts = case.facts
    if facts.status == Status.WAIT_SUPPLEMENT and facts.supplement_until and not facts.check_due_at:
        yield case.first_hour_after(facts.supplement_until), ReminderRule.SUPPLEMENT_LAPSES
    if facts.opinion_due_at:
        yield case.first_hour_after(facts.opinion_due_at), ReminderRule.OPINION_LATE


def _first_overdue(case: _Case) -> datetime | None:
    facts = case.facts
    if facts.status not in IN_PROGRESS or not (facts.is_running and facts.due_at and facts.accepted_at):
        return None
    return case.first_hour_after(facts.due_at)


_ORDER = {rule: place for place, rule in enumerate(ReminderRule)}
