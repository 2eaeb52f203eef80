"""Say whether a unit performs a procedure, and who handles and signs it: editors, one-stop heads, managers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from procedures.models import Procedure, UnitProcedure
from procedures.permissions import SET_PERFORMED
from procedures.services.revision import bump_revision

REASON_MAX = 300


def set_performed(
    *,
    actor: Actor,
    unit_id: int,
    procedure_id: int,
    performed: bool,
    reason: str = "",
    handling_unit_id: int | None = None,
    signing_unit_id: int | None = None,
    now: datetime | None = None,
) -> UnitProcedure:
    """The unit's answer. Not performed needs a reason (`performance.reason_missing`). Saying the same again is free."""
    actor.require(SET_PERFORMED)
    reason = " ".join(reason.split())[:REASON_MAX]
    if not performed and not reason:
        raise DomainError("performance.reason_missing", "Không thực hiện tại đây thì phải nêu lý do.", "reason")
    now = now or clock.now()
    wanted = {
        "performed": performed,
        "reason": "" if performed else reason,
        "handling_unit_id": handling_unit_id,
        "signing_unit_id": signing_unit_id,
    }
    with transaction.atomic():
        Procedure.objects.select_for_update(no_key=True).get(pk=procedure_id)
        row = UnitProcedure.objects.filter(unit_id=unit_id, procedure_id=procedure_id).first()
        if row is not None and all(getattr(row, name) == value for name, value in wanted.items()):
            return row
        return _write(row or UnitProcedure(unit_id=unit_id, procedure_id=procedure_id), wanted, actor, now)


def _write(row: UnitProcedure, wanted: dict[str, object], actor: Actor, now: datetime) -> UnitProcedure:
    for name, value in wanted.items():
        setattr(row, name, value)
    row.save()
    record_access(actor=actor, action=SET_PERFORMED, object_type="unit_procedure", object_id=row.pk, now=now)
    bump_revision(now=now)
    return row
