"""Record the result: T12, PROCESSING → DONE, and tell the citizen (NĐ 61/2018 art. 20).

The holder of the open step of recording or returning the result, or anybody of its role while nobody holds it.
Writes one result with its private file, the runs, the dossier, one event and, in the same transaction, the notice
that it is ready.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind, Status, StepState
from dossiers.models import Dossier, ResultFile, StepRun
from dossiers.rules.lifecycle import Command, check_step
from dossiers.selectors.processes import process_plan
from dossiers.services.branches import check_joins
from dossiers.services.delegated import check_acting_unit
from dossiers.services.kept_files import drop_file
from dossiers.services.lateness import LATE_COLUMNS, NOT_SAID, Lateness, say_why_late
from dossiers.services.locking import hold, lock_dossier
from dossiers.services.notifying import tell_result
from dossiers.services.recording import record_event
from dossiers.services.result_content import ResultContent, checked_result
from dossiers.services.result_rows import ResultData, random_name, store_result
from dossiers.services.saving import save_columns
from dossiers.services.signed_result import check_result_certificate
from dossiers.services.standing import STANDING_COLUMNS, finish_run, open_run, stand_at
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import clean_text
from procedures.constants import DelegatedAct, StepAction

__all__ = ["ResultData", "record_result"]


def record_result(
    *,
    actor: Actor,
    dossier_id: int,
    result: ResultData,
    late: Lateness = NOT_SAID,
    row_version: int | None = None,
    now: datetime | None = None,
) -> ResultFile:
    """The stored result. Raises DomainError result.name_missing, what `checked_result` raises,
    step.late_reason_missing, Conflict dossier.branch_open, delegation.*, signing.no_certificate."""
    moment = clock.local(now or clock.now())
    if not clean_text(result.name):
        raise DomainError("result.name_missing", "Chưa ghi tên kết quả.", "name")
    content = checked_result(result.file) if result.file else None
    stored_name = random_name(content, moment) if content else ""
    try:
        return _record(actor, dossier_id, result, content, stored_name, late, row_version, moment)
    except BaseException:
        if stored_name:
            drop_file(stored_name)  # the row was rolled back, so nobody will ever ask for the file
        raise


@transaction.atomic
def _record(
    actor: Actor,
    dossier_id: int,
    data: ResultData,
    content: ResultContent | None,
    stored_name: str,
    late: Lateness,
    row_version: int | None,
    now: datetime,
) -> ResultFile:
    in_hand = lock_dossier(actor=actor, command=Command.RECORD_RESULT, dossier_id=dossier_id)
    check_step(Command.RECORD_RESULT, in_hand.run.action)
    hold(in_hand, actor, row_version)
    dossier = in_hand.dossier
    check_acting_unit(dossier, DelegatedAct.DECIDE, on=now.date())
    check_result_certificate(dossier.signing_unit, data.file)
    say_why_late(in_hand.run, late, now=now)
    result = store_result(dossier, data, content, stored_name, actor, now)
    stand_at(dossier, _return_run(dossier, in_hand.run, actor, now))
    dossier.status, dossier.finished_at = Status.DONE, now
    save_columns(dossier, [*STANDING_COLUMNS, "status", "finished_at"], now=now)
    record_event(
        dossier=dossier,
        kind=EventKind.RESULT_RECORDED,
        actor=actor,
        at=now,
        from_status=in_hand.from_status,
        data={"result_id": result.pk, "name": result.name, "number": result.number, "sha256": result.sha256},
    )
    tell_result(dossier, now=now)
    return result


def _return_run(dossier: Dossier, run: StepRun, actor: Actor, now: datetime) -> StepRun:
    """The run that ends with the hand-over, nobody's: the open one, or the one after a step of recording.

    A branch that would start here never does: with the result there, nobody has to work beside it any more.
    """
    if run.action == StepAction.RETURN_RESULT:
        run.state, run.officer_id, run.taken_at = StepState.WORKING, None, run.taken_at or now
        run.save(update_fields=["state", "officer", "taken_at", *LATE_COLUMNS])
        return run
    plan = process_plan(dossier.iso_process_id)
    step = plan.following(run.step.sequence)
    if step is None:
        raise DomainError("dossier.last_step", "Quy trình thiếu bước trả kết quả.", status=409)
    check_joins(dossier, plan, step)
    finish_run(run, officer_id=actor.user_id, state=StepState.DONE, note="", now=now)
    return open_run(dossier, step, plan, after=run, now=now)
