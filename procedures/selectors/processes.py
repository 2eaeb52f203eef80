"""ISO processes as rules, screens and the printed document read them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from haddong_portal.accounts.models import Unit
from haddong_portal.common.errors import NotFound
from haddong_portal.common.limits import TimeLimit
from procedures.constants import Channel, ProcessKind, ProcessState
from procedures.models import CaseLimit, IsoProcess, IsoStep
from procedures.rules.process_check import CaseTime, ProcessCheck, check_process
from procedures.rules.process_path import PathStep


def process_by_id(process_id: int) -> IsoProcess:
    """An issue with what its pages name; NotFound `process.not_found`."""
    joined = ("procedure__current_version", "delegation__from_unit", "delegation__to_unit")
    found = IsoProcess.objects.select_related(*joined).filter(pk=process_id).first()
    if found is None:
        raise NotFound("Không tìm thấy quy trình này.", code="process.not_found")
    return found


def step_of_process(process_id: int, step_id: int) -> IsoStep:
    """A step with its process; NotFound `process.step_not_found`."""
    rows = IsoStep.objects.select_related("process").filter(process_id=process_id, pk=step_id)
    if (found := rows.first()) is None:
        raise NotFound("Không tìm thấy bước này trong quy trình.", code="process.step_not_found")
    return found


def path_steps(process_id: int) -> tuple[PathStep, ...]:
    """The steps of an issue as the rules read them, in order; one statement."""
    return tuple(as_path(IsoStep.objects.filter(process_id=process_id).order_by("sequence")))


def as_path(rows: Iterable[IsoStep]) -> Iterable[PathStep]:
    """Stored steps as the rules read them."""
    for row in rows:
        yield PathStep(
            sequence=row.sequence,
            name=row.name,
            action=row.action,
            role=row.responsible_role,
            place=row.responsible_unit,
            minutes=row.limit_minutes,
            record=row.record,
            branch=row.branch,
            starts_after=row.starts_after,
            joins_before=row.joins_before,
            returns_to=tuple(row.returns_to),
            unit_id=row.unit_id,
            post_title=row.post_title,
            content=row.content,
            code=row.code,
            step_id=row.pk,
        )


def case_times(process: IsoProcess) -> list[CaseTime]:
    """The legal limits that bind the process: of each case and channel of its procedure's version in force.

    A default process is stretched to each procedure's own limit, so only the same-day one is bound.
    """
    if process.procedure is None:
        same_day = process.kind == ProcessKind.SAME_DAY
        return [CaseTime("việc trả trong ngày", TimeLimit.same_day())] if same_day else []
    rows = CaseLimit.objects.filter(case__version_id=process.procedure.current_version_id)
    ordered = rows.select_related("case").order_by("case__position", "channel")
    return [CaseTime(_case_name(row), TimeLimit.from_json(row.limit) if row.limit else None) for row in ordered]


def check_of(process: IsoProcess) -> ProcessCheck:
    """What stands against issuing it; two statements at most."""
    return check_process(path_steps(process.pk), case_times(process), promised_cut_minutes=process.promised_cut_minutes)


def processes_in_force(on: date) -> QuerySet[IsoProcess]:
    """Issues that dossiers received on the day follow."""
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    return IsoProcess.objects.filter(in_force, valid_from__lte=on).exclude(state=ProcessState.DRAFT)


def desks_performing(procedure_id: int) -> list[str]:
    """The desks that receive the procedure, with their addresses where known."""
    rows = Unit.objects.filter(procedures__procedure_id=procedure_id, procedures__performed=True)
    columns = rows.order_by("sort_order", "id").values_list("desk_name", "name", "address")
    return [_desk_line(*row) for row in columns]


def _desk_line(desk: str, name: str, address: str) -> str:
    named = desk if name.casefold() in desk.casefold() else ", ".join(part for part in (desk, name) if part)
    return f"{named} ({address})" if address else named


def _case_name(row: CaseLimit) -> str:
    return row.case.name if row.channel is None else f"{row.case.name} ({Channel(row.channel).label.lower()})"
