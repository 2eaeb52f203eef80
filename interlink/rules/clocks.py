"""The clocks of a linked case: one per leg and one for the group, each told line by line (domain.md §9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dossiers.rules.acceptance import start_linked_group
from dossiers.rules.clock_policy import ClockPolicy
from dossiers.rules.due_date import compute_due
from haddong_portal.common.clock import local
from haddong_portal.common.dates import due_text
from haddong_portal.common.limits import LimitUnit, TimeLimit
from haddong_portal.common.worktime import WorkCalendar
from interlink.rules.conditions import holds
from interlink.rules.template import Limit, Template

_UNITS = {
    "working_days": LimitUnit.WORKING_DAY,
    "working_hours": LimitUnit.WORKING_HOUR,
    "calendar_days": LimitUnit.CALENDAR_DAY,
}
HOURS_PER_DAY = 24


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A due moment and why; None where the law names no limit."""

    due_at: datetime | None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clockwork:
    """What every clock of a case reads."""

    calendar: WorkCalendar
    policy: ClockPolicy
    verified: bool = False


def deemed_at(declared_at: datetime, work: Clockwork) -> tuple[datetime, tuple[str, ...]]:
    """When the declaration counts as received (after 15:00: the next working day at its opening), and why."""
    acceptance = start_linked_group(declared_at, work.calendar, work.policy)
    return acceptance.deemed_at, tuple(line.text for line in acceptance.lines)


def reckon(limit: Limit, start: datetime, work: Clockwork) -> Reckoned:
    """The end of a limit that starts to run at `start`."""
    value, unit = limit.value, limit.unit
    if work.verified and limit.if_verified:
        value, unit = limit.if_verified, "working_days"
    if value is None:
        return Reckoned(None, ("Pháp luật không nêu thời hạn riêng; tính theo thời hạn của cả nhóm.",))
    if unit == "minutes":
        due = local(start) + timedelta(minutes=value)
        return Reckoned(due, (f"Trong {value} phút: đến {due_text(due)}.",))
    if unit == "hours":
        return _hours(value, start, work)
    amount = TimeLimit.same_day() if unit == "same_working_day" else TimeLimit(value, _UNITS[unit])
    found = compute_due(limit=amount, accepted_at=start, calendar=work.calendar, policy=work.policy)
    return Reckoned(found.due_at, tuple(found.lines))


def group_due(template: Template, facts: Mapping[str, str], declared_at: datetime, work: Clockwork) -> Reckoned:
    """The whole group's promise: the longest limit whose condition holds, from the deemed acceptance."""
    found = [one.limit for one in template.group_limits if one.limit.value and holds(one.when, facts)]
    start, lines = deemed_at(declared_at, work)
    ends = [reckon(limit, start, work) for limit in found]
    known = [end for end in ends if end.due_at is not None]
    if not known:
        return Reckoned(None, (*lines, "Pháp luật không nêu thời hạn của cả nhóm; mỗi bước có thời hạn riêng."))
    last = max(known, key=lambda end: end.due_at or start)
    return Reckoned(last.due_at, (*lines, *last.lines[1:]))


def promised(
    template: Template, facts: Mapping[str, str], declared_at: datetime, work: Clockwork
) -> dict[str, Reckoned]:
    """The date of each leg on the receipt, were every leg before it to end on its last day."""
    start, lines = deemed_at(declared_at, work)
    found: dict[str, Reckoned] = {}
    left = [leg for leg in template.legs if holds(leg.when, facts)]
    keys = {leg.key for leg in left}
    while left:
        ready = [
            leg for leg in left if all(key in found or key not in keys for key in _before(leg.after, leg.waits_for))
        ]
        if not ready:
            break
        for leg in ready:
            ends = [found[key].due_at for key in _before(leg.after, leg.waits_for) if key in found]
            begins = max([start, *(_handed_on(end, work) for end in ends if end)])
            reckoned = reckon(leg.limit, begins, work)
            found[leg.key] = Reckoned(reckoned.due_at, reckoned.lines if ends else (*lines, *reckoned.lines[1:]))
            left.remove(leg)
    return found


def _before(after: tuple[str, ...], waits_for: tuple[str, ...]) -> list[str]:
    return [*after, *(fact.partition(".")[0] for fact in waits_for)]


def _handed_on(end: datetime, work: Clockwork) -> datetime:
    """When the next leg gets it: in the course of the same day, from a leg that ends with office hours."""
    moment = local(end)
    if moment == work.calendar.end_of_day(moment.date()):
        return work.calendar.start_of_day(moment.date())
    return moment


def _hours(value: int, start: datetime, work: Clockwork) -> Reckoned:
    """Hours by the wall clock without days off: 24 hours end at the same minute of the next working day."""
    moment = work.calendar.next_working_moment(local(start))
    whole, rest = divmod(value, HOURS_PER_DAY)
    on = work.calendar.add_working_days(moment.date(), whole) if whole else moment.date()
    due = datetime.combine(on, moment.timetz()) + timedelta(hours=rest)
    return Reckoned(due, (f"Trong {value} giờ, không tính ngày nghỉ: đến {due_text(due)}.",))
