"""Record a delegation by its decision, and say later that the original was seen: editors, the district manager.

Writes Delegation and, on request, UnitProcedure.delegated_by of the procedures it covers. LEGAL: ND61-2018.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from simple_history.utils import bulk_update_with_history

from haddong_portal.accounts.models import Unit
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotFound
from haddong_portal.common.text import clean_text
from procedures.constants import DelegatedAct
from procedures.models import Delegation, Procedure, UnitProcedure
from procedures.permissions import MANAGE_DELEGATIONS
from procedures.services.revision import bump_revision


@dataclass(frozen=True, kw_only=True)
class DelegationData:
    """A delegation as its decision states it; `valid_to` is the first day without it, None = open."""

    from_unit_id: int
    to_unit_id: int
    decision_no: str
    decided_on: date
    valid_from: date
    valid_to: date | None = None
    acts: tuple[str, ...] = (DelegatedAct.DECIDE, DelegatedAct.SIGN)
    procedure_ids: tuple[int, ...] = ()
    all_procedures: bool = False
    confirmed: bool = False
    note: str = ""


def grant_delegation(
    *, actor: Actor, data: DelegationData, bind_procedures: bool = False, now: datetime | None = None
) -> Delegation:
    """The delegation. With `bind_procedures` the named procedures that `to_unit` decides need it from now on.

    DomainError `delegation.same_unit`, `.decision_missing`, `.no_act`, `.no_scope`, `.decided_later`, `.ends_early`,
    `.unknown_unit`, `.unknown_procedure`; Conflict `delegation.recorded`.
    """
    actor.require(MANAGE_DELEGATIONS)
    now = now or clock.now()
    _check(data)
    with transaction.atomic():
        list(Unit.objects.select_for_update(no_key=True).filter(pk=data.from_unit_id))
        _check_rows(data)
        row, bound = record_delegation(data=data, bind_procedures=bind_procedures)
        _note(actor, "granted", row, now, bound=bound)
        bump_revision(now=now)
    return row


def record_delegation(*, data: DelegationData, bind_procedures: bool) -> tuple[Delegation, int]:
    """The stored delegation, and how many answers of desks rest on it now; inside the caller's transaction."""
    row = _row(data)
    row.save()
    row.procedures.set(data.procedure_ids)
    return row, _bind(data) if bind_procedures else 0


def confirm_delegation(*, actor: Actor, delegation_id: int, now: datetime | None = None) -> Delegation:
    """The original decision was seen and agrees; saying it again changes nothing. NotFound `delegation.not_found`."""
    actor.require(MANAGE_DELEGATIONS)
    now = now or clock.now()
    with transaction.atomic():
        row = locked_delegation(delegation_id)
        if not row.confirmed:
            row.confirmed = True
            row.save()
            _note(actor, "confirmed", row, now)
    return row


def locked_delegation(delegation_id: int) -> Delegation:
    """The row, locked; NotFound `delegation.not_found`."""
    row = Delegation.objects.select_for_update(no_key=True).filter(pk=delegation_id).first()
    if row is None:
        raise NotFound("Không tìm thấy ủy quyền này.", code="delegation.not_found")
    return row


def _check(data: DelegationData) -> None:
    if data.from_unit_id == data.to_unit_id:
        raise DomainError("delegation.same_unit", "Đơn vị ủy quyền và đơn vị nhận phải khác nhau.", "to_unit")
    if not clean_text(data.decision_no):
        raise DomainError("delegation.decision_missing", "Chưa nhập số quyết định ủy quyền.", "decision_no")
    if not data.acts or set(data.acts) - set(DelegatedAct.values):
        raise DomainError("delegation.no_act", "Chọn việc được ủy quyền: quyết định, ký kết quả.", "acts")
    if not data.all_procedures and not data.procedure_ids:
        raise DomainError("delegation.no_scope", "Chọn thủ tục được ủy quyền, hoặc mọi thủ tục.", "procedures")
    if data.decided_on > data.valid_from:
        raise DomainError("delegation.decided_later", "Ngày quyết định phải không sau ngày có hiệu lực.", "decided_on")
    if data.valid_to is not None and data.valid_to <= data.valid_from:
        raise DomainError("delegation.ends_early", "Ngày hết hiệu lực phải sau ngày có hiệu lực.", "valid_to")


def _check_rows(data: DelegationData) -> None:
    """What only the database knows."""
    if Unit.objects.filter(pk__in=[data.from_unit_id, data.to_unit_id]).count() != 2:
        raise DomainError("delegation.unknown_unit", "Không có đơn vị này.", "to_unit")
    if Procedure.objects.filter(pk__in=data.procedure_ids).count() != len(set(data.procedure_ids)):
        raise DomainError("delegation.unknown_procedure", "Có thủ tục không còn trong danh mục.", "procedures")
    number = clean_text(data.decision_no)[:80]
    same = Delegation.objects.filter(from_unit_id=data.from_unit_id, to_unit_id=data.to_unit_id, decision_no=number)
    if same.exists():
        message = f"Quyết định {number} giữa hai đơn vị này đã được ghi."
        raise Conflict("delegation.recorded", message, "decision_no")


def _row(data: DelegationData) -> Delegation:
    return Delegation(
        from_unit_id=data.from_unit_id,
        to_unit_id=data.to_unit_id,
        decision_no=clean_text(data.decision_no)[:80],
        decided_on=data.decided_on,
        confirmed=data.confirmed,
        valid_from=data.valid_from,
        valid_to=data.valid_to,
        acts=sorted(set(data.acts)),
        all_procedures=data.all_procedures,
        note=clean_text(data.note)[:500],
    )


def _bind(data: DelegationData) -> int:
    """Mark the procedures that the receiving unit decides as resting on a delegation from the other."""
    decides = Coalesce("signing_unit_id", "handling_unit_id", F("unit_id"))
    rows = list(
        UnitProcedure.objects.alias(decides=decides)
        .filter(decides=data.to_unit_id, procedure_id__in=data.procedure_ids, delegated_by__isnull=True)
        .order_by("pk")
    )
    for row in rows:
        row.delegated_by_id = data.from_unit_id
    if rows:
        bulk_update_with_history(rows, UnitProcedure, ["delegated_by"])
    return len(rows)


def _note(actor: Actor, what: str, row: Delegation, now: datetime, **data: object) -> None:
    record_access(
        actor=actor,
        action=MANAGE_DELEGATIONS,
        object_type="delegation",
        object_id=row.pk,
        data={"what": what, "decision_no": row.decision_no, **data},
        now=now,
    )
