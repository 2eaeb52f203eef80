"""Write down that a dossier is late, and why: the ground on which a late apology may stand (domain.md §1.4, T11).

Officers and leaders of the unit at work, and the head of the desk. Writes the reason once, one event.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind, LateReason
from dossiers.models import DossierEvent
from dossiers.rules.lifecycle import Command
from dossiers.selectors.act_rules import at_desk, at_owner
from dossiers.services.locking import lock_where, refuse_stale
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError


@transaction.atomic
def record_overdue(
    *,
    actor: Actor,
    dossier_id: int,
    reason: str,
    note: str = "",
    row_version: int | None = None,
    now: datetime | None = None,
) -> DossierEvent:
    """The event. Raises DomainError overdue.not_yet, overdue.reason, overdue.recorded."""
    dossier = lock_where(
        actor=actor,
        command=Command.RECORD_OVERDUE,
        dossier_id=dossier_id,
        fits=lambda who, what: at_owner(who, what) or at_desk(who, what),
        refusal="Hồ sơ đang ở đơn vị khác.",
    )
    refuse_stale(dossier, row_version)
    moment = clock.local(now or clock.now())
    if dossier.due_at is None or moment <= dossier.due_at:
        raise DomainError("overdue.not_yet", "Hồ sơ chưa quá hạn.", status=409)
    if reason not in LateReason.values:
        raise DomainError("overdue.reason", "Phải chọn lý do quá hạn.", "reason")
    if dossier.overdue_recorded_at is not None:
        raise DomainError("overdue.recorded", "Đã ghi nhận quá hạn trước đó.", status=409)
    dossier.overdue_recorded_at, dossier.overdue_reason, dossier.overdue_note = moment, reason, note.strip()[:500]
    save_columns(dossier, ["overdue_recorded_at", "overdue_reason", "overdue_note"], now=moment)
    return record_event(
        dossier=dossier,
        kind=EventKind.OVERDUE_RECORDED,
        actor=actor,
        at=moment,
        from_status=dossier.status,
        note=note or LateReason(reason).label,
        data={"reason": reason},
    )
