"""The process a dossier follows, with its steps in order."""

from __future__ import annotations

from dossiers.rules.routing import PlannedStep, ProcessPlan
from procedures.models import IsoStep

_COLUMNS = ("pk", "sequence", "action", "name", "responsible_role", "responsible_unit", "limit_minutes")


def process_plan(process_id: int | None) -> ProcessPlan:
    """The plan of a stored process; ValueError for none, or one without steps: no accepted dossier has those."""
    rows = list(IsoStep.objects.filter(process_id=process_id).select_related("process").order_by("sequence"))
    if not rows:
        raise ValueError(f"process {process_id} has no steps")
    assert process_id is not None, "rows were found by it"
    process = rows[0].process
    return ProcessPlan(
        process_id=process_id,
        code=process.code,
        kind=process.kind,
        specific=process.procedure_id is not None,
        steps=tuple(PlannedStep(*(getattr(row, column) for column in _COLUMNS)) for row in rows),
    )
