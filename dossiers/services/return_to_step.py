"""Send a dossier back to a step that was done before, with the reason; its clock runs on (NĐ 61/2018 art. 19).

The holder of the step at hand, or anybody of its role while nobody holds it. Closes the run as sent back, opens a
new run of the earlier step for the person who did it, one event.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind, StepState
from dossiers.models import Dossier, DossierEvent, StepRun
from dossiers.rules.lifecycle import Command, status_at
from dossiers.rules.routing import PlannedStep, ProcessPlan
from dossiers.selectors.processes import process_plan
from dossiers.services.branches import cancel_branches
from dossiers.services.colleagues import holds_post
from dossiers.services.gate import refuse_at_gate
from dossiers.services.lateness import NOT_SAID, Lateness, say_why_late
from dossiers.services.locking import hold, lock_dossier
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from dossiers.services.standing import STANDING_COLUMNS, finish_run, open_run, stand_at
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from procedures.rules.process_path import allowed_returns


@transaction.atomic
def return_to_step(
    *,
    actor: Actor,
    dossier_id: int,
    step_run_id: int,
    reason: str,
    late: Lateness = NOT_SAID,
    row_version: int | None = None,
    now: datetime | None = None,
) -> DossierEvent:
    """The event. Raises DomainError dossier.reason_missing, dossier.not_earlier_step or step.late_reason_missing.

    Branches that start after the step run anew when it is done again, so their open runs end here.
    """
    in_hand = lock_dossier(actor=actor, command=Command.RETURN_TO_STEP, dossier_id=dossier_id)
    moment = clock.local(now or clock.now())
    hold(in_hand, actor, row_version)
    refuse_at_gate(in_hand.dossier, actor, moment)
    if not reason.strip():
        raise DomainError("dossier.reason_missing", "Phải ghi lý do trả lại.", "reason")
    dossier, run = in_hand.dossier, in_hand.run
    say_why_late(run, late, now=moment)
    plan = process_plan(dossier.iso_process_id)
    earlier = _earlier_run(dossier, run, step_run_id, plan)
    cancel_branches(dossier, plan.branches_from(earlier.step.sequence), note=reason, now=moment)
    finish_run(run, officer_id=actor.user_id, state=StepState.SENT_BACK, note=reason, now=moment)
    again = open_run(
        dossier,
        _planned(plan, earlier),
        plan,
        after=run,
        unit_id=earlier.unit_id,
        officer_id=_still_there(earlier, moment),
        now=moment,
    )
    stand_at(dossier, again)
    dossier.status = status_at(again.action)
    save_columns(dossier, [*STANDING_COLUMNS, "status"], now=moment)
    return record_event(
        dossier=dossier,
        kind=EventKind.RETURNED_TO_STEP,
        actor=actor,
        at=moment,
        from_status=in_hand.from_status,
        note=reason,
        data={"step": run.name, "next_step": again.name, "next_unit_id": again.unit_id},
    )


def _earlier_run(dossier: Dossier, run: StepRun, step_run_id: int, plan: ProcessPlan) -> StepRun:
    found = StepRun.objects.select_related("step").filter(pk=step_run_id, dossier=dossier).first()
    fits = (
        found is not None
        and found.state == StepState.DONE
        and found.step.sequence in allowed_returns(plan.path, run.step.sequence)
    )
    if not fits or found is None:
        raise DomainError(
            "dossier.not_earlier_step", "Chỉ trả lại được bước đã làm xong mà quy trình cho phép.", "step_run_id"
        )
    return found


def _planned(plan: ProcessPlan, run: StepRun) -> PlannedStep:
    return plan.step(run.step.sequence)


def _still_there(run: StepRun, now: datetime) -> int | None:
    """Whoever did the step gets it back, if they still hold the post."""
    if run.officer_id is None:
        return None
    there = holds_post(run.officer_id, unit_id=run.unit_id, role=run.role, on=now.date())
    return run.officer_id if there else None
