"""Give one dossier's open work to somebody else of the unit; its clock runs on (NĐ 61/2018 art. 19).

A leader or head of the desk of that unit, for somebody who left or is away; in any state before the result, so that
nothing is left with them. The gate does not hold it up: whoever gets the work answers it. Writes the open runs, the
dossier's officer, one event; the state stays. Bulk: `order_reassignment`.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import STEP_OPEN, EventKind, StepState
from dossiers.models import Dossier, DossierEvent, StepRun
from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import Command
from dossiers.services.colleagues import check_colleague
from dossiers.services.locking import check_state, lock_visible
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.accounts.models import User
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError


@transaction.atomic
def reassign_work(
    *,
    actor: Actor,
    dossier_id: int,
    from_user_id: int | None,
    to_user_id: int,
    reason: str,
    now: datetime | None = None,
) -> DossierEvent:
    """The event. `from_user_id` None means work that nobody has taken. Raises Conflict reassign.not_held when it is
    no longer theirs, DomainError reassign.same_person, reassign.reason_missing, dossier.not_colleague."""
    actor.require(RIGHT_OF[Command.REASSIGN])
    dossier = lock_visible(actor, dossier_id)
    check_state(Command.REASSIGN, dossier)
    if not reason.strip():
        raise DomainError("reassign.reason_missing", "Phải ghi lý do giao lại việc.", "reason")
    if to_user_id == from_user_id:
        raise DomainError("reassign.same_person", "Hồ sơ đang ở người này rồi.", "to_user_ids")
    moment, runs = clock.local(now or clock.now()), _runs(dossier, actor, from_user_id)
    for run in runs:
        check_colleague(to_user_id, unit_id=run.unit_id, role=run.role, on=moment.date())
        run.state, run.officer_id, run.taken_at = StepState.WAITING, to_user_id, None
        run.save(update_fields=["state", "officer", "taken_at"])
        if run.run_no == dossier.current_run_no:
            dossier.officer_id = to_user_id
    save_columns(dossier, ["officer"])
    names = User.objects.in_bulk([one for one in (from_user_id, to_user_id) if one])
    return record_event(
        dossier=dossier,
        kind=EventKind.REASSIGNED,
        actor=actor,
        at=moment,
        from_status=dossier.status,
        note=f"Giao cho {names[to_user_id]}: {reason.strip()}",
        data={"steps": [run.name for run in runs], "from_user_id": from_user_id, "to_user_id": to_user_id},
    )


def _runs(dossier: Dossier, actor: Actor, from_user_id: int | None) -> list[StepRun]:
    """The open runs of that person in the actor's units, beside the lead line too."""
    runs = StepRun.objects.filter(dossier=dossier, unit_id__in=actor.unit_ids, state__in=STEP_OPEN)
    found = list(runs.filter(officer_id=from_user_id).order_by("run_no"))
    if not found:
        raise Conflict("reassign.not_held", "Hồ sơ không còn ở người này trong đơn vị.")
    return found
