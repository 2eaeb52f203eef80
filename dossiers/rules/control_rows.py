"""The rows of the control sheet from the step log (Mẫu 05, domain.md §2): who gave to whom, and who was in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from haddong_portal.common.clock import local

BEFORE, ON_DAY, LATE = "trước hạn", "đúng hạn", "quá hạn"


@dataclass(frozen=True, slots=True)
class LoggedStep:
    """One run of the log. Moments are local; `finished_at` None while it is open."""

    unit_name: str
    officer_name: str
    step_name: str
    handed_at: datetime
    taken_at: datetime | None
    finished_at: datetime | None
    due_at: datetime
    note: str = ""
    is_sent_back: bool = False
    is_desk: bool = False


@dataclass(frozen=True, slots=True)
class ControlRow:
    """One hand-over; `result` is the receiver's judgement of the giver, empty where nothing is judged."""

    from_unit: str
    to_unit: str
    handed_at: datetime
    giver_name: str
    received_at: datetime | None
    receiver_name: str
    result: str
    note: str


def judged(finished_at: datetime | None, due_at: datetime) -> str:
    """Before its last day, on it, or late: by the minute of the step's own limit."""
    if finished_at is None:
        return ""
    if finished_at > due_at:
        return LATE
    return BEFORE if local(finished_at).date() < local(due_at).date() else ON_DAY


def control_rows(steps: Sequence[LoggedStep], *, desk_name: str, returned_at: datetime | None) -> list[ControlRow]:
    """A row for each hand-over in order; the last comes back to the desk, with its own step or at the end.

    `steps` starts with the desk's own; their first row leaves the desk and judges nobody.
    """
    rows = [
        _row(giver, receiver, judge=position > 0)
        for position, (giver, receiver) in enumerate(zip(steps, steps[1:], strict=False))
    ]
    if steps and not steps[-1].is_desk and returned_at is not None:
        rows.append(_last(steps[-1], desk_name, returned_at))
    return rows


def _row(giver: LoggedStep, receiver: LoggedStep, *, judge: bool) -> ControlRow:
    note = f"trả lại: {giver.note}".rstrip(": ") if giver.is_sent_back else receiver.step_name
    return ControlRow(
        from_unit=giver.unit_name,
        to_unit=receiver.unit_name,
        handed_at=receiver.handed_at,
        giver_name=giver.officer_name,
        received_at=receiver.taken_at,
        receiver_name=receiver.officer_name,
        result=judged(giver.finished_at, giver.due_at) if judge else "",
        note=note,
    )


def _last(giver: LoggedStep, desk_name: str, returned_at: datetime) -> ControlRow:
    return ControlRow(
        from_unit=giver.unit_name,
        to_unit=desk_name,
        handed_at=giver.finished_at or returned_at,
        giver_name=giver.officer_name,
        received_at=returned_at,
        receiver_name="",
        result=judged(giver.finished_at, giver.due_at),
        note="trả kết quả",
    )
