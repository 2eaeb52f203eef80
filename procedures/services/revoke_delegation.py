"""End a delegation before its time, with the reason: editors, the district manager. Writes Delegation.

What rests on it is frozen from that day on. LEGAL: ND61-2018.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError
from haddong_portal.common.text import clean_text
from procedures.models import Delegation
from procedures.permissions import MANAGE_DELEGATIONS
from procedures.services.grant_delegation import locked_delegation
from procedures.services.revision import bump_revision


def revoke_delegation(
    *, actor: Actor, delegation_id: int, revoked_on: date, reason: str, now: datetime | None = None
) -> Delegation:
    """The delegation, ended from `revoked_on` (the first day without it).

    DomainError `delegation.reason_missing`, `delegation.revoked_in_past`; Conflict `delegation.revoked`,
    `delegation.lapsed`; NotFound `delegation.not_found`.
    """
    actor.require(MANAGE_DELEGATIONS)
    now = now or clock.now()
    reason = clean_text(reason)[:300]
    if not reason:
        raise DomainError("delegation.reason_missing", "Chấm dứt ủy quyền thì phải nêu lý do.", "reason")
    if revoked_on < clock.local(now).date():
        message = "Ngày chấm dứt phải từ hôm nay trở đi: việc đã ký trước đó vẫn đúng thẩm quyền."
        raise DomainError("delegation.revoked_in_past", message, "revoked_on")
    with transaction.atomic():
        row = locked_delegation(delegation_id)
        _check(row, revoked_on)
        row.revoked_on, row.revoke_reason = revoked_on, reason
        row.save()
        record_access(
            actor=actor,
            action=MANAGE_DELEGATIONS,
            object_type="delegation",
            object_id=row.pk,
            data={"what": "revoked", "decision_no": row.decision_no, "on": revoked_on.isoformat()},
            now=now,
        )
        bump_revision(now=now)
    return row


def _check(row: Delegation, revoked_on: date) -> None:
    if row.revoked_on is not None:
        raise Conflict("delegation.revoked", f"Ủy quyền này đã chấm dứt từ ngày {row.revoked_on:%d/%m/%Y}.")
    if row.valid_to is not None and row.valid_to <= revoked_on:
        raise Conflict("delegation.lapsed", f"Ủy quyền này đã hết hiệu lực từ ngày {row.valid_to:%d/%m/%Y}.")
