"""Refuse after examination: T10, a written refusal that counts as a result (NĐ 61/2018 art. 19.8; form 03).

A leader of the unit at work. Writes the slip, a result that the desk hands over, the runs, the dossier, one event and
the message.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind, FormKind, Status, StepState
from dossiers.models import Dossier, DossierEvent, ResultFile, Slip, StepRun
from dossiers.rules.forms import form_of, slip_number_text
from dossiers.rules.lifecycle import Command
from dossiers.selectors.form_subjects import subject_of_dossier
from dossiers.selectors.processes import process_plan
from dossiers.services.branches import cancel_all_branches
from dossiers.services.delegated import check_acting_unit
from dossiers.services.issue_slip import SlipData, issue_slip
from dossiers.services.locking import lock_dossier, refuse_stale
from dossiers.services.notifying import notify_applicant
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from dossiers.services.standing import STANDING_COLUMNS, finish_run, open_run, stand_at
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.constants import NoticeEvent
from procedures.constants import DelegatedAct

REASON_TOLD_MAX = 200


@transaction.atomic
def decide_refusal(
    *,
    actor: Actor,
    dossier_id: int,
    reason: str,
    legal_basis: str = "",
    row_version: int | None = None,
    now: datetime | None = None,
) -> DossierEvent:
    """The event. Raises DomainError refusal.reason_missing."""
    in_hand = lock_dossier(actor=actor, command=Command.DECIDE_REFUSAL, dossier_id=dossier_id)
    dossier, moment = in_hand.dossier, clock.local(now or clock.now())
    refuse_stale(dossier, row_version)
    if not reason.strip():
        raise DomainError("refusal.reason_missing", "Phải ghi lý do từ chối.", "reason")
    check_acting_unit(dossier, DelegatedAct.DECIDE, on=moment.date())
    stand_at(dossier, _to_the_desk(dossier, in_hand.run, actor, reason, moment))
    dossier.officer_id = None
    dossier.status, dossier.finished_at, dossier.is_refused = Status.DONE, moment, True
    slip = issue_slip(
        kind=FormKind.REFUSAL,
        unit_id=in_hand.run.unit_id,
        ruleset_id=dossier.ruleset_id,
        actor=actor,
        now=moment,
        dossier=dossier,
        data=SlipData(reason=reason, contents={"legal_basis": legal_basis.strip(), "settlement": True}),
    )
    result = _result(dossier, slip, actor, moment)
    save_columns(dossier, [*STANDING_COLUMNS, "status", "finished_at", "is_refused"], now=moment)
    event = record_event(
        dossier=dossier,
        kind=EventKind.REFUSED,
        actor=actor,
        at=moment,
        from_status=in_hand.from_status,
        note=reason,
        data={"slip_id": slip.pk, "result_id": result.pk},
    )
    notify_applicant(
        dossier=dossier,
        event=NoticeEvent.REFUSAL_ISSUED,
        now=moment,
        more={"reason": reason[:REASON_TOLD_MAX]},
    )
    return event


def _to_the_desk(dossier: Dossier, run: StepRun, actor: Actor, note: str, now: datetime) -> StepRun:
    """The steps between are left out: the refusal goes to the desk that hands it over."""
    plan = process_plan(dossier.iso_process_id)
    finish_run(run, officer_id=run.officer_id or actor.user_id, state=StepState.DONE, note=note, now=now)
    if plan.has_branches:
        cancel_all_branches(dossier, note=note, now=now)
    return open_run(dossier, plan.lead[-1], plan, after=run, now=now)


def _result(dossier: Dossier, slip: Slip, actor: Actor, now: datetime) -> ResultFile:
    form = form_of(dossier.ruleset.forms, FormKind.REFUSAL, subject_of_dossier(dossier))
    result = ResultFile(
        dossier=dossier,
        number=slip_number_text(slip.number, form.suffix)[:60],
        name=form.name,
        issued_on=now.date(),
        signer_name=actor.name[:120],
        size_bytes=0,
        is_refusal=True,
        recorded_by_id=actor.user_id or 0,
        recorded_at=now,
    )
    result.save(force_insert=True)
    return result
