"""Take a waiting step: T5/T6, ACCEPTED or a later waiting step → PROCESSING or SIGNING (NĐ 61/2018 art. 18).

Whoever holds the step's role in the unit that owns it. Writes the run's officer and the dossier's, one event.
Of two who press at once, one gets it and the other Conflict `dossier.taken`.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind, StepState
from dossiers.models import DossierEvent
from dossiers.rules.lifecycle import Command, status_at
from dossiers.services.locking import hold, is_worked_on, lock_dossier, taken
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.update import update_row


@transaction.atomic
def take_dossier(
    *, actor: Actor, dossier_id: int, row_version: int | None = None, now: datetime | None = None
) -> DossierEvent:
    """The event. Raises Conflict dossier.taken or dossier.changed, NotAllowed dossier.wrong_role."""
    in_hand = lock_dossier(actor=actor, command=Command.TAKE, dossier_id=dossier_id)
    moment = clock.local(now or clock.now())
    dossier, run = in_hand.dossier, in_hand.run
    if is_worked_on(run) and dossier.officer_id is not None:
        raise taken(run)
    hold(in_hand, actor, row_version)
    run.state, run.officer_id, run.taken_at = StepState.WORKING, actor.user_id, moment
    update_row(run, ["state", "officer", "taken_at"])
    dossier.officer_id, dossier.status = actor.user_id, status_at(run.action)
    save_columns(dossier, ["officer", "status"], now=moment)
    return record_event(
        dossier=dossier,
        kind=EventKind.TAKEN,
        actor=actor,
        at=moment,
        from_status=in_hand.from_status,
        data={"step": run.name},
    )
