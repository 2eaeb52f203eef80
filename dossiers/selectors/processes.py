"""The process a dossier follows, with its steps in order."""

from __future__ import annotations

from dossiers.rules.routing import PlannedStep, ProcessPlan
from haddong_portal.common.prepared import PreparedModels
from procedures.models import IsoStep


def process_plan(process_id: int | None) -> ProcessPlan:
    """The plan of a stored process; ValueError for none, or one without steps: no accepted dossier has those."""
    rows = _steps(process_id=process_id) if process_id else []
    if not rows:
        raise ValueError(f"process {process_id} has no steps")
    assert process_id is not None, "rows were found by it"
    process = rows[0].process
    return ProcessPlan(
        process_id=process_id,
        code=process.code,
        kind=process.kind,
        specific=process.procedure_id is not None,
        steps=tuple(_planned(row) for row in rows),
    )


_steps = PreparedModels(
    lambda process_id: IsoStep.objects.filter(process=process_id).select_related("process").order_by("sequence"),
    process_id=-7_000_001,
)


def _planned(row: IsoStep) -> PlannedStep:
    return PlannedStep(
        step_id=row.pk,
        sequence=row.sequence,
        action=row.action,
        name=row.name,
        role=row.responsible_role,
        place=row.responsible_unit,
        planned_minutes=row.limit_minutes,
        branch=row.branch,
        starts_after=row.starts_after,
        joins_before=row.joins_before,
        returns_to=tuple(row.returns_to),
        unit_id=row.unit_id,
    )
