"""The statistics of QĐ 766: how long a dossier took, and whether it was on time (domain.md §1.3, §1.6, §5.1).

Computed from acceptance, end and stops alone; never from the legal due date that restarts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dossiers.rules.clock_policy import DEFAULT_POLICY, ClockPolicy
from dossiers.rules.due_changes import PauseInterval, elapsed_working_minutes
from dossiers.rules.interval_policy import StatisticsRule
from dossiers.rules.intervals import Interval
from haddong_portal.common.worktime import WorkCalendar


def elapsed_excl_pauses(
    *,
    accepted_at: datetime,
    ended_at: datetime,
    intervals: Iterable[Interval] = (),
    calendar: WorkCalendar,
    policy: ClockPolicy = DEFAULT_POLICY,
) -> int:
    """Working minutes from acceptance to end without the stops that the rule-set subtracts, each minute once.

    A supplement is subtracted from its first request to its completion; an open stop up to `ended_at`; payment is
    running time unless the rule-set says otherwise. Never negative; 0 when the end is not after the acceptance.
    """
    if ended_at <= accepted_at:
        return 0
    subtracted = [
        PauseInterval(each.started_at, min(each.ended_at or ended_at, ended_at))
        for each in intervals
        if each.started_at < ended_at and policy.intervals.rule_of(each.kind).statistics == StatisticsRule.SUBTRACT
    ]
    return elapsed_working_minutes(accepted_at, ended_at, subtracted, calendar)


def end_time_766(
    *,
    done_at: datetime | None = None,
    returned_at: datetime | None = None,
    stopped_at: datetime | None = None,
    period_end_at: datetime,
) -> datetime:
    """The end the index takes when there are several: done, then returned, then stopped or refused, then the period."""
    return done_at or returned_at or stopped_at or period_end_at


def is_on_time_766(
    *,
    promised_at: datetime,
    done_at: datetime | None = None,
    returned_at: datetime | None = None,
    stopped_at: datetime | None = None,
    period_end_at: datetime,
    open_supplement_requests: int = 0,
    policy: ClockPolicy = DEFAULT_POLICY,
) -> bool:
    """Whether the index counts a dossier as on time against the promised date that was synced (NgayHenTra).

    `open_supplement_requests` are requests since the last completion: more of them than the rule-set allows, without
    a completion, and the dossier is overdue whatever its dates say.
    """
    if open_supplement_requests > policy.open_supplement_requests_max:
        return False
    ended_at = end_time_766(
        done_at=done_at, returned_at=returned_at, stopped_at=stopped_at, period_end_at=period_end_at
    )
    return ended_at <= promised_at
