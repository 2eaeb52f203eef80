"""What moves a due date after it was promised: true pauses, extensions, and the last days to ask.

The arithmetic under `clock.legal_due_at` and `elapsed.elapsed_excl_pauses`: two figures, never derived from
each other (domain.md §1.6).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from dossiers.rules.clock_policy import DEFAULT_POLICY, ClockPolicy
from haddong_portal.common.clock import local
from haddong_portal.common.worktime import WorkCalendar


@dataclass(frozen=True, slots=True, order=True)
class PauseInterval:
    """A finished stop of the clock; ValueError when it ends before it starts."""

    started_at: datetime
    ended_at: datetime

    def __post_init__(self) -> None:
        if self.ended_at < self.started_at:
            raise ValueError("a pause ends before it starts")


def merge_pauses(pauses: Iterable[PauseInterval]) -> list[PauseInterval]:
    """In order of time, overlapping ones joined: no minute is given back twice."""
    merged: list[PauseInterval] = []
    for pause in sorted(pauses):
        if merged and pause.started_at <= merged[-1].ended_at:
            merged[-1] = PauseInterval(merged[-1].started_at, max(merged[-1].ended_at, pause.ended_at))
        else:
            merged.append(pause)
    return merged


def shift_due_by_pauses(due_at: datetime, pauses: Iterable[PauseInterval], calendar: WorkCalendar) -> datetime:
    """`due_at` moved on by the office minutes of each pause that began before it was reached."""
    due_at = local(due_at)
    for pause in pauses_before(due_at, pauses, calendar):
        due_at = calendar.add_working_minutes(
            due_at, calendar.working_minutes_between(pause.started_at, pause.ended_at)
        )
    return due_at


def elapsed_working_minutes(
    started_at: datetime, ended_at: datetime, pauses: Iterable[PauseInterval], calendar: WorkCalendar
) -> int:
    """Office minutes from start to end without the pauses (the statistics' measure of a dossier)."""
    elapsed = calendar.working_minutes_between(started_at, ended_at)
    for pause in merge_pauses(pauses):
        first, last = max(pause.started_at, started_at), min(pause.ended_at, ended_at)
        elapsed -= calendar.working_minutes_between(first, last) if first < last else 0
    return elapsed


def latest_supplement_request_on(
    accepted_at: datetime, calendar: WorkCalendar, policy: ClockPolicy = DEFAULT_POLICY
) -> date:
    """The last day to ask for missing papers (NĐ 61/2018 art. 19.4: 3 working days from receipt)."""
    received_on = calendar.next_working_moment(accepted_at).date()
    return calendar.add_working_days(received_on, policy.supplement_notice_working_days)


def latest_extension_on(due_at: datetime, calendar: WorkCalendar, policy: ClockPolicy = DEFAULT_POLICY) -> date:
    """The last day to issue apology and extension (NĐ 61/2018 art. 19.9: one working day before)."""
    return calendar.add_working_days(local(due_at).date(), -policy.extension_notice_working_days)


def extended_due(due_at: datetime, working_days: int, calendar: WorkCalendar) -> datetime:
    """The due date put off by some working days: end of office hours of the last of them."""
    return calendar.end_of_day(calendar.add_working_days(local(due_at).date(), working_days))


def pauses_before(due_at: datetime, pauses: Iterable[PauseInterval], calendar: WorkCalendar) -> list[PauseInterval]:
    """Pauses that began while the (moving) due date lay ahead: a pause after it revives nothing."""
    counted: list[PauseInterval] = []
    for pause in merge_pauses(pauses):
        if pause.started_at >= due_at:
            break
        counted.append(pause)
        due_at = calendar.add_working_minutes(
            due_at, calendar.working_minutes_between(pause.started_at, pause.ended_at)
        )
    return counted


def clip(pauses: Iterable[PauseInterval], first: datetime, last: datetime | None = None) -> list[PauseInterval]:
    """The parts of pauses that lie between two moments."""
    parts: list[PauseInterval] = []
    for pause in pauses:
        started_at = max(pause.started_at, first)
        ended_at = pause.ended_at if last is None else min(pause.ended_at, last)
        if started_at < ended_at:
            parts.append(PauseInterval(started_at, ended_at))
    return parts
