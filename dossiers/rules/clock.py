"""The legal clock of a dossier: limit, acceptance, stops and a re-appointment give one reading, told line by line.

Each completed supplement starts the limit anew at its end (NĐ 61/2018 art. 19.4); true pauses move it by the
office time they took, overlapping ones once; an open stop freezes it; a re-appointment replaces it (art. 19.9).
Which stop does what is the rule-set's (`policy.intervals`). Moving a dossier between units never matters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from dossiers.rules.clock_lines import extended_line, frozen_line, restarted_line, still_counted_line
from dossiers.rules.clock_policy import DEFAULT_POLICY, ClockPolicy
from dossiers.rules.clock_stops import Stops, sort_stops
from dossiers.rules.due_changes import clip
from dossiers.rules.due_date import DueDate, compute_due
from dossiers.rules.due_lines import ENDING_KEY, ExplanationLine, LineCode, accepted_line, calendar_lines, due_line
from dossiers.rules.due_shift import (
    Promise,
    counting_starts_at,
    shift_calendar_limit,
    shift_same_day,
    shift_working_time,
)
from dossiers.rules.intervals import Extension, Interval
from haddong_portal.common.clock import local
from haddong_portal.common.limits import LimitUnit, TimeLimit
from haddong_portal.common.worktime import WorkCalendar

_CALENDAR_UNITS = frozenset({LimitUnit.CALENDAR_DAY, LimitUnit.CALENDAR_MONTH})
_RETOLD = frozenset({LineCode.DUE, LineCode.CALENDAR})


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What the legal clock says.

    `due_at` is the due date, or while the clock stands the last one there was (`running_due_at` is None then);
    `deemed_accepted_at` is the moment counting rests on, after the last completed supplement; `frozen_since` when
    the clock came to stand. The last line of `explanation` is the promise, or why the clock stands.
    """

    due_at: datetime
    deemed_accepted_at: datetime
    counted_from_on: date
    is_running: bool
    frozen_since: datetime | None
    explanation: tuple[ExplanationLine, ...]

    @property
    def running_due_at(self) -> datetime | None:
        """The due date while the clock runs."""
        return self.due_at if self.is_running else None

    @property
    def lines(self) -> list[str]:
        """The sentences alone."""
        return [line.text for line in self.explanation]


@dataclass(frozen=True, slots=True)
class _Case:
    limit: TimeLimit
    calendar: WorkCalendar
    policy: ClockPolicy
    stops: Stops


def legal_due_at(
    *,
    limit: TimeLimit,
    accepted_at: datetime,
    intervals: Iterable[Interval] = (),
    calendar: WorkCalendar,
    policy: ClockPolicy = DEFAULT_POLICY,
    extension: Extension | None = None,
    payment_pauses: bool = False,
    after_cutoff_counts_next_day: bool = False,
) -> ClockReading:
    """The reading for a dossier received complete at `accepted_at` (aware; ValueError for a naive moment).

    `intervals` come in any order; `payment_pauses` is what the procedure says about financial duties;
    `after_cutoff_counts_next_day` is the rule of linked groups, for supplements as for the acceptance.
    """
    stops = sort_stops(intervals, policy.intervals, payment_pauses=payment_pauses)
    case = _Case(limit, calendar, policy, stops)
    restarts = stops.restarts_after(accepted_at)
    counted_at = (restarts[-1].ended_at if restarts else None) or accepted_at
    base = compute_due(
        limit=limit,
        accepted_at=counted_at,
        calendar=calendar,
        policy=policy,
        after_cutoff_counts_next_day=after_cutoff_counts_next_day,
    )
    if extension is not None and restarts and extension.decided_at < counted_at:
        extension = None
    promise = _promise(case, base, extension)
    told = (*_opening(case, accepted_at, base, restarts), *promise.lines, *_counted_stops(case, base))
    return _reading(case, accepted_at, base, promise.due_at, told)


def _promise(case: _Case, base: DueDate, extension: Extension | None) -> Promise:
    """The due date moved by pauses, replaced by the re-appointment, and moved by the pauses after that."""
    pauses = case.stops.pauses()
    start_at = counting_starts_at(base)
    before = clip(pauses, start_at, extension.decided_at if extension else None)
    if case.limit.unit in _CALENDAR_UNITS:
        promise = shift_calendar_limit(case.limit, base, before, case.stops, case.calendar, case.policy)
    elif case.limit.unit == LimitUnit.SAME_DAY:
        promise = shift_same_day(base.due_at, before, case.stops, case.calendar)
    else:
        promise = shift_working_time(base.due_at, before, case.stops, case.calendar)
    if extension is None:
        return promise
    new_due_at = local(extension.new_due_at)
    line = extended_line(extension, promise.due_at, case.policy.extension_legal_key)
    after = shift_working_time(new_due_at, clip(pauses, max(start_at, extension.decided_at)), case.stops, case.calendar)
    return Promise(after.due_at, (*promise.lines, line, *after.lines))


def _opening(case: _Case, accepted_at: datetime, base: DueDate, restarts: list[Interval]) -> Iterable[ExplanationLine]:
    """Receipt, supplements, and how the limit is counted from the last of these moments."""
    counting = [line for line in base.explanation if line.code not in _RETOLD]
    if not restarts:
        return counting
    key = case.policy.intervals.supplement.legal_key
    restarted = [restarted_line(interval, key) for interval in restarts]
    return [accepted_line(local(accepted_at)), *restarted, *counting[1:]]


def _counted_stops(case: _Case, base: DueDate) -> list[ExplanationLine]:
    """Stops that the law counts as running time, told so that nobody misses them."""
    return [
        still_counted_line(interval, case.policy.intervals.rule_of(interval.kind).legal_key)
        for interval in case.stops.running
        if interval.ended_at is None or interval.ended_at > base.deemed_accepted_at
    ]


def _reading(
    case: _Case, accepted_at: datetime, base: DueDate, due_at: datetime, told: tuple[ExplanationLine, ...]
) -> ClockReading:
    frozen = case.stops.freezing(due_at)
    warnings = calendar_lines(case.calendar, local(accepted_at).date(), due_at.date())
    last = frozen_line(frozen, due_at, case.policy.intervals) if frozen else due_line(due_at, ENDING_KEY)
    return ClockReading(
        due_at=due_at,
        deemed_accepted_at=base.deemed_accepted_at,
        counted_from_on=base.counted_from_on,
        is_running=not frozen,
        frozen_since=local(frozen[0].started_at) if frozen else None,
        explanation=(*told, *warnings, last),
    )
