"""Give the step at hand to a colleague of the same unit; the clock of the step runs on (NĐ 61/2018 art. 19).

Its holder, or a leader or head of the desk of that unit, who may also hand out a step nobody holds. Writes the
officer of run and dossier, one event; the state stays.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind, StepState
from dossiers.models import DossierEvent
from dossiers.rules.lifecycle import Command
from dossiers.services.colleagues import check_colleague
from dossiers.services.gate import refuse_at_gate
from dossiers.services.locking import InHand, lock_dossier, refuse_stale, taken
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import User
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotAllowed

HANDS_OUT_WORK = frozenset({Role.LEADER, Role.ONE_STOP_HEAD})


@transaction.atomic
def forward_dossier(
    *,
    actor: Actor,
    dossier_id: int,
    officer_id: int,
    note: str = "",
    row_version: int | None = None,
    now: datetime | None = None,
) -> DossierEvent:
    """The event. Raises DomainError dossier.not_colleague or dossier.same_officer, Conflict dossier.taken."""
    in_hand = lock_dossier(actor=actor, command=Command.FORWARD, dossier_id=dossier_id)
    moment = clock.local(now or clock.now())
    dossier, run = in_hand.dossier, in_hand.run
    _may_hand_out(in_hand, actor, row_version)
    refuse_at_gate(dossier, actor, moment)
    if officer_id == dossier.officer_id:
        raise DomainError("dossier.same_officer", "Hồ sơ đang ở người này rồi.", "officer_id")
    check_colleague(officer_id, unit_id=dossier.owner_unit_id, role=dossier.current_role, on=moment.date())
    run.state, run.officer_id, run.taken_at = StepState.WAITING, officer_id, None
    run.save(update_fields=["state", "officer", "taken_at"])
    dossier.officer_id = officer_id
    save_columns(dossier, ["officer"])
    to_name = User.objects.values_list("full_name", flat=True).get(pk=officer_id)
    return record_event(
        dossier=dossier,
        kind=EventKind.FORWARDED,
        actor=actor,
        at=moment,
        from_status=in_hand.from_status,
        note=note,
        data={"step": run.name, "officer_id": officer_id, "officer_name": to_name},
    )


def _may_hand_out(in_hand: InHand, actor: Actor, row_version: int | None) -> None:
    """Whoever holds the step, or a role that hands out work; an older page is told who moved the dossier on."""
    dossier = in_hand.dossier
    gives = dossier.officer_id == actor.user_id or actor.role in HANDS_OUT_WORK
    if not gives and dossier.officer_id is not None:
        raise taken(in_hand.run)
    refuse_stale(dossier, row_version)
    if not gives:
        raise NotAllowed("Chỉ lãnh đạo được giao việc chưa có người nhận.", code="dossier.not_holder")
