"""Finish the step at hand and open the next: examining, verifying or transferring (NĐ 61/2018 art. 18-19).

The holder of the step, or anybody of its role in its unit while nobody holds it. Writes both runs, the dossier's
standing and state, one event. Signing, recording the result and handing over have acts of their own.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind, Proposal, StepState
from dossiers.models import DossierEvent
from dossiers.rules.lifecycle import Command, check_step, status_at
from dossiers.selectors.processes import process_plan
from dossiers.services.branches import check_joins, open_branches, tell_branch_units
from dossiers.services.colleagues import check_colleague
from dossiers.services.gate import refuse_at_gate
from dossiers.services.lateness import NOT_SAID, Lateness, say_why_late
from dossiers.services.locking import InHand, hold, lock_dossier
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from dossiers.services.standing import STANDING_COLUMNS, finish_run, open_run, stand_at
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError


@transaction.atomic
def finish_step(
    *,
    actor: Actor,
    dossier_id: int,
    note: str = "",
    next_officer_id: int | None = None,
    proposal: str = "",
    late: Lateness = NOT_SAID,
    row_version: int | None = None,
    now: datetime | None = None,
) -> DossierEvent:
    """The event. `next_officer_id` names who in the next unit is to take the step; `proposal` what the signer is asked.

    Raises DomainError step.late_reason_missing, proposal.unknown, proposal.reason_missing, Conflict
    dossier.branch_open.
    """
    in_hand = lock_dossier(actor=actor, command=Command.FINISH_STEP, dossier_id=dossier_id)
    check_step(Command.FINISH_STEP, in_hand.run.action)
    hold(in_hand, actor, row_version)
    moment = clock.local(now or clock.now())
    refuse_at_gate(in_hand.dossier, actor, moment)
    say_why_late(in_hand.run, late, now=moment)
    in_hand.run.proposal = _checked(proposal, note)
    return pass_on(in_hand, actor, EventKind.STEP_FINISHED, note=note, next_officer_id=next_officer_id, now=moment)


def _checked(proposal: str, note: str) -> str:
    """What is proposed to the signer: a refusal says why."""
    if proposal and proposal not in Proposal.values:
        raise DomainError("proposal.unknown", "Đề xuất không hợp lệ.", "proposal")
    if proposal == Proposal.REFUSE and not note.strip():
        raise DomainError("proposal.reason_missing", "Đề nghị từ chối thì phải ghi lý do.", "note")
    return proposal


def pass_on(
    in_hand: InHand,
    actor: Actor,
    kind: EventKind,
    *,
    note: str,
    next_officer_id: int | None = None,
    now: datetime,
) -> DossierEvent:
    """Close the open run, open the next one of the process and record `kind`. Shared with signing.

    Branches that start here open beside it; Conflict dossier.branch_open while the next step waits for one.
    """
    dossier, run = in_hand.dossier, in_hand.run
    plan = process_plan(dossier.iso_process_id)
    step = plan.following(run.step.sequence)
    if step is None:
        raise DomainError("dossier.last_step", "Đây là bước cuối của quy trình, không còn bước để chuyển.", status=409)
    check_joins(dossier, plan, step)
    finish_run(run, officer_id=actor.user_id, state=StepState.DONE, note=note, now=now)
    following = open_run(dossier, step, plan, after=run, officer_id=next_officer_id, now=now)
    if next_officer_id is not None:
        check_colleague(next_officer_id, unit_id=following.unit_id, role=following.role, on=now.date())
    stand_at(dossier, following)
    beside = open_branches(dossier, plan, after=run, now=now)
    dossier.status = status_at(following.action)
    save_columns(dossier, [*STANDING_COLUMNS, "status"], now=now)
    tell_branch_units(dossier, beside, asked_by=actor.unit_name, now=now)
    return record_event(
        dossier=dossier,
        kind=kind,
        actor=actor,
        at=now,
        from_status=in_hand.from_status,
        note=note,
        data={"step": run.name, "next_step": following.name, "next_unit_id": following.unit_id},
    )
