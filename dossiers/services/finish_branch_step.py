"""Take and finish a step beside the lead line (NĐ 61/2018 art. 19.6): whoever holds its role in its unit.

Writes the branch's runs, the dossier's version and readers, one event; the dossier stays in its state. The branch's
next step opens in its own unit, and the lead step that waits for the branch may go on after its last.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind, StepState
from dossiers.models import Dossier, DossierEvent, StepRun
from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import Command, stands_in
from dossiers.selectors.processes import process_plan
from dossiers.services.branches import OPEN_STATES, tell_branch_units
from dossiers.services.lateness import NOT_SAID, Lateness, say_why_late
from dossiers.services.locking import check_state, lock_visible, taken, wrong_role
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from dossiers.services.standing import finish_run, let_read, open_run
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotAllowed, NotFound


@dataclass(frozen=True)
class _Branch:
    dossier: Dossier
    run: StepRun


@transaction.atomic
def take_branch_step(*, actor: Actor, dossier_id: int, step_run_id: int, now: datetime | None = None) -> DossierEvent:
    """The event. Raises Conflict dossier.taken, NotAllowed dossier.wrong_role or dossier.other_unit."""
    found = _lock(actor, dossier_id, step_run_id)
    moment = clock.local(now or clock.now())
    run = found.run
    if run.state == StepState.WORKING and run.officer_id is not None:
        raise taken(run)
    run.state, run.officer_id, run.taken_at = StepState.WORKING, actor.user_id, moment
    run.save(update_fields=["state", "officer", "taken_at"])
    save_columns(found.dossier, [])
    return _record(found.dossier, EventKind.TAKEN, actor, run, moment)


@transaction.atomic
def finish_branch_step(
    *,
    actor: Actor,
    dossier_id: int,
    step_run_id: int,
    note: str = "",
    late: Lateness = NOT_SAID,
    now: datetime | None = None,
) -> DossierEvent:
    """The event. Raises as `take_branch_step`, DomainError step.late_reason_missing or dossier.branch_done."""
    found = _lock(actor, dossier_id, step_run_id)
    moment = clock.local(now or clock.now())
    dossier, run = found.dossier, found.run
    say_why_late(run, late, now=moment)
    plan = process_plan(dossier.iso_process_id)
    following = plan.following(run.step.sequence)
    finish_run(run, officer_id=actor.user_id, state=StepState.DONE, note=note, now=moment)
    opened = [open_run(dossier, following, plan, after=run, now=moment)] if following else []
    let_read(dossier, *(each.unit_id for each in opened))
    save_columns(dossier, ["reader_unit_ids"])
    elsewhere = [each for each in opened if each.unit_id != run.unit_id]
    tell_branch_units(dossier, elsewhere, asked_by=actor.unit_name, now=moment)
    return _record(dossier, EventKind.BRANCH_STEP_FINISHED, actor, run, moment, note=note)


def _lock(actor: Actor, dossier_id: int, step_run_id: int) -> _Branch:
    """The dossier locked, and an open branch run that is the actor's to do."""
    actor.require(RIGHT_OF[Command.FINISH_BRANCH_STEP])
    dossier = lock_visible(actor, dossier_id)
    check_state(Command.FINISH_BRANCH_STEP, dossier)
    runs = StepRun.objects.select_related("step").filter(dossier=dossier, branch__gt=0)
    run = runs.filter(pk=step_run_id).first()
    if run is None:
        raise NotFound("Không tìm thấy bước song song này.", code="dossier.branch_not_found")
    _check_run(actor, run)
    return _Branch(dossier, run)


def _check_run(actor: Actor, run: StepRun) -> None:
    if run.unit_id not in actor.unit_ids:
        raise NotAllowed("Bước song song này của đơn vị khác.", code="dossier.other_unit")
    if run.state not in OPEN_STATES:
        raise DomainError("dossier.branch_done", f"Bước “{run.name}” đã kết thúc.", status=409)
    if run.officer_id is not None and run.officer_id != actor.user_id:
        raise taken(run)
    if run.officer_id is None and not stands_in(actor.role, run.role):
        raise wrong_role(run)


def _record(
    dossier: Dossier, kind: EventKind, actor: Actor, run: StepRun, at: datetime, *, note: str = ""
) -> DossierEvent:
    return record_event(
        dossier=dossier,
        kind=kind,
        actor=actor,
        at=at,
        from_status=dossier.status,
        note=note,
        data={"step": run.name, "branch": run.branch},
    )
