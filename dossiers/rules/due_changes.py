"""What moves a due date after it was promised: true pauses, extensions, and the last days to ask.

A supplement restarts the legal limit (`compute_due` again) but is subtracted in the statistics of
QĐ 766 (`elapsed_working_minutes`): two figures, never derived from each other (domain.md §1.6).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from dossiers.rules.clock_policy import DEFAULT_POLICY, ClockPolicy
from dossiers.rules.due_date import DueDate
from dossiers.rules.due_lines import ExplanationLine, LineCode, due_line, hours_text
from haddong_portal.common.clock import local
from haddong_portal.common.dates import moment_text
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


def shift_due_by_pauses(
    due_at: datetime, pauses: Iterable[PauseInterval], calendar: WorkCalendar, *, to_end_of_day: bool = False
) -> datetime:
    """`due_at` moved on by the office minutes of each pause that began before it was reached.

    With `to_end_of_day` the answer is the close of office hours of the day reached (limits in days).
    """
    due_at = local(due_at)
    for pause in _pauses_before(due_at, pauses, calendar):
        due_at = calendar.add_working_minutes(
            due_at, calendar.working_minutes_between(pause.started_at, pause.ended_at)
        )
    return calendar.end_of_day(due_at.date()) if to_end_of_day else due_at


def apply_pauses(
    due: DueDate,
    pauses: Sequence[PauseInterval],
    calendar: WorkCalendar,
    *,
    legal_key: str = "",
    to_end_of_day: bool = False,
) -> DueDate:
    """A due date with pauses, its explanation carrying one line for each and the new promise at the end."""
    shifted = shift_due_by_pauses(due.due_at, pauses, calendar, to_end_of_day=to_end_of_day)
    told = [_pause_line(pause, calendar, legal_key) for pause in _pauses_before(due.due_at, pauses, calendar)]
    if not told:
        return due
    closing = due_line(shifted, due.explanation[-1].legal_key)
    return replace(due, due_at=shifted, explanation=(*due.explanation[:-1], *told, closing))


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


def _pauses_before(due_at: datetime, pauses: Iterable[PauseInterval], calendar: WorkCalendar) -> list[PauseInterval]:
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


def _pause_line(pause: PauseInterval, calendar: WorkCalendar, legal_key: str) -> ExplanationLine:
    spent = hours_text(calendar.working_minutes_between(pause.started_at, pause.ended_at))
    text = (
        f"Tạm dừng từ {moment_text(pause.started_at)} đến {moment_text(pause.ended_at)}: {spent} làm việc không tính."
    )
    return ExplanationLine(LineCode.PAUSED, text, local(pause.ended_at).date(), legal_key)
