"""Answer the gate with "on time": the result will be there on the promised day (domain.md §4.4).

Officers and leaders of the unit at work. Writes the date promised again, one event; the state stays.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind
from dossiers.models import DossierEvent
from dossiers.rules.lifecycle import Command
from dossiers.services.locking import lock_dossier, refuse_stale
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError


@transaction.atomic
def confirm_on_time(
    *, actor: Actor, dossier_id: int, note: str = "", row_version: int | None = None, now: datetime | None = None
) -> DossierEvent:
    """The event. Raises DomainError promise.past once the due date has gone by."""
    in_hand = lock_dossier(actor=actor, command=Command.CONFIRM_ON_TIME, dossier_id=dossier_id)
    dossier, moment = in_hand.dossier, clock.local(now or clock.now())
    refuse_stale(dossier, row_version)
    if dossier.due_at is None or moment > dossier.due_at:
        raise DomainError("promise.past", "Ngày hẹn đã qua: xin ghi nhận quá hạn và lý do.", status=409)
    dossier.on_time_confirmed_due_at = dossier.due_at
    save_columns(dossier, ["on_time_confirmed_due_at"], now=moment)
    return record_event(
        dossier=dossier,
        kind=EventKind.ON_TIME_CONFIRMED,
        actor=actor,
        at=moment,
        from_status=in_hand.from_status,
        note=note,
        data={"due_at": dossier.due_at.isoformat()},
    )
