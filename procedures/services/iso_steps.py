"""Put in, change, move and take out steps of a draft: editors. Writes IsoStep with history.

The pure rules number the table anew and keep every reference; here the rows follow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import F
from simple_history.utils import bulk_update_with_history

from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.text import clean_text
from procedures.models import IsoProcess, IsoStep
from procedures.permissions import EDIT_PROCESS
from procedures.rules.process_edit import NEW, inserted, moved, removed
from procedures.rules.process_path import LEAD, PathStep
from procedures.selectors.processes import as_path
from procedures.services.iso_shared import locked_draft, note_edit

STEPS_MAX = 60
# Numbers that no step has, for the moment in which rows change places.
ASIDE = 10_000
_NUMBERED = ["sequence", "code", "starts_after", "joins_before", "returns_to"]

Table = tuple[PathStep, ...]


@dataclass(frozen=True, kw_only=True)
class StepData:
    """A step as an editor writes it, in the table's present numbers; what is empty the check will name."""

    name: str
    action: str = ""
    role: str = ""
    place: str = ""
    unit_id: int | None = None
    post_title: str = ""
    content: str = ""
    minutes: int = 0
    record: str = ""
    branch: int = LEAD
    starts_after: int | None = None
    joins_before: int | None = None
    returns_to: tuple[int, ...] = ()


def add_step(
    *, actor: Actor, process_id: int, data: StepData, after: int | None = None, now: datetime | None = None
) -> IsoStep:
    """A new step behind the one numbered `after` (None = last, 0 = first).

    DomainError `process.too_many_steps`, `process.branch_joins_too_early`; Conflict `process.not_draft`.
    """
    actor.require(EDIT_PROCESS)
    _check(data)
    with transaction.atomic():
        process = locked_draft(process_id)
        rows = _rows(process)
        if len(rows) >= STEPS_MAX:
            raise DomainError("process.too_many_steps", f"Một quy trình có nhiều nhất {STEPS_MAX} bước.")
        table = inserted(_table(rows), _path(data), after=after)
        _renumber(process, rows, table)
        new = next(step for step in table if step.step_id is None)
        row = _fill(IsoStep(process=process), new)
        row.code = _code(process, new.sequence)
        row.save()
        note_edit(actor, process, "step_added", now, step=row.sequence)
    return row


def save_step(*, actor: Actor, process_id: int, step_id: int, data: StepData, now: datetime | None = None) -> IsoStep:
    """The step with new contents, in its place. NotFound `process.step_not_found`."""
    actor.require(EDIT_PROCESS)
    _check(data)
    with transaction.atomic():
        process = locked_draft(process_id)
        row = _row(_rows(process), step_id)
        _fill(row, replace(_path(data), sequence=row.sequence)).save()
        note_edit(actor, process, "step_saved", now, step=row.sequence)
    return row


def move_step(*, actor: Actor, process_id: int, step_id: int, by: int, now: datetime | None = None) -> IsoStep:
    """The step `by` places further down the table; at an end it stays."""
    return _rearranged(actor, process_id, step_id, lambda table, at: moved(table, at, by=by), "step_moved", now)


def remove_step(*, actor: Actor, process_id: int, step_id: int, now: datetime | None = None) -> None:
    """Take a step out; the others close up."""
    _rearranged(actor, process_id, step_id, removed, "step_removed", now)


def _rearranged(
    actor: Actor, process_id: int, step_id: int, change: Callable[[Table, int], Table], what: str, now: datetime | None
) -> IsoStep:
    actor.require(EDIT_PROCESS)
    with transaction.atomic():
        process = locked_draft(process_id)
        rows = _rows(process)
        row = _row(rows, step_id)
        table = change(_table(rows), row.sequence)
        note_edit(actor, process, what, now, step=row.sequence)
        if not any(step.step_id == step_id for step in table):
            row.delete()
            rows.remove(row)
        _renumber(process, rows, table)
    return row


def _rows(process: IsoProcess) -> list[IsoStep]:
    return list(process.steps.order_by("sequence"))


def _table(rows: Sequence[IsoStep]) -> Table:
    return tuple(as_path(rows))


def _row(rows: Sequence[IsoStep], step_id: int) -> IsoStep:
    found = next((row for row in rows if row.pk == step_id), None)
    if found is None:
        raise NotFound("Không tìm thấy bước này trong quy trình.", code="process.step_not_found")
    return found


def _renumber(process: IsoProcess, rows: Sequence[IsoStep], table: Table) -> None:
    """Bring the stored rows to the table's numbers; only those that changed are written."""
    wanted = {step.step_id: step for step in table}
    changed = [row for row in rows if _numbers(row) != _numbers(wanted[row.pk])]
    process.steps.filter(pk__in=[row.pk for row in changed]).update(sequence=F("sequence") + ASIDE)
    for row in changed:
        step = wanted[row.pk]
        row.sequence, row.code = step.sequence, _code(process, step.sequence)
        row.starts_after, row.joins_before, row.returns_to = step.starts_after, step.joins_before, list(step.returns_to)
    if changed:
        bulk_update_with_history(changed, IsoStep, _NUMBERED)


def _numbers(step: IsoStep | PathStep) -> tuple[object, ...]:
    return step.sequence, step.starts_after, step.joins_before, tuple(step.returns_to)


def _code(process: IsoProcess, sequence: int) -> str:
    """QT-HT-01-B03, or B03 alone under a long code."""
    code = f"{process.code}-B{sequence:02d}"
    return code if len(code) <= 20 else f"B{sequence:02d}"


def _path(data: StepData) -> PathStep:
    return PathStep(
        sequence=NEW,
        name=clean_text(data.name)[:200],
        action=data.action,
        role=data.role,
        place=data.place,
        minutes=data.minutes,
        record=clean_text(data.record)[:200],
        branch=data.branch,
        starts_after=data.starts_after if data.branch != LEAD else None,
        joins_before=data.joins_before if data.branch != LEAD else None,
        returns_to=data.returns_to,
        unit_id=data.unit_id,
        post_title=clean_text(data.post_title)[:150],
        content=data.content.strip(),
    )


def _fill(row: IsoStep, step: PathStep) -> IsoStep:
    row.sequence, row.name, row.action, row.content = step.sequence, step.name, step.action, step.content
    row.responsible_role, row.responsible_unit, row.unit_id = step.role, step.place, step.unit_id
    row.post_title, row.limit_minutes, row.record = step.post_title, step.minutes, step.record
    row.branch, row.starts_after, row.joins_before = step.branch, step.starts_after, step.joins_before
    row.returns_to = list(step.returns_to)
    return row


def _check(data: StepData) -> None:
    """What the database would refuse, said before it does."""
    starts, joins = data.starts_after, data.joins_before
    if data.branch != LEAD and starts is not None and joins is not None and joins <= starts:
        message = f"Nhánh mở sau bước {starts} phải nhập vào một bước phía sau, không phải bước {joins}."
        raise DomainError("process.branch_joins_too_early", message, "joins_before")
