"""Stop a dossier without a result: the end of T14 and T15 (NĐ 118/2025 art. 21; before it by letter).

After a withdrawal that the desk accepts, or when the papers asked for never came. Writes the notice (the rule-set says
whether a withdrawal has one), the stop's end,
the last run, the dossier, one event and a message.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind, FormKind, Status, StepState, StopReason
from dossiers.models import Dossier, DossierEvent, Pause, Slip, WithdrawalRequest
from dossiers.rules.lifecycle import Command
from dossiers.rules.withdrawing import is_ended_by_notice
from dossiers.selectors.act_rules import at_desk, at_owner
from dossiers.selectors.rulesets import policy_by_id
from dossiers.services.branches import cancel_all_branches
from dossiers.services.issue_slip import SlipData, issue_slip
from dossiers.services.locking import current_run, lock_where, refuse_stale
from dossiers.services.notifying import notify_applicant, reference_of
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from dossiers.services.side_work import end_side_work
from dossiers.services.standing import STANDING_COLUMNS, finish_run, stand_nowhere
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.dates import due_text
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.constants import NoticeEvent
from haddong_portal.notices.services.cancel_calls import cancel_calls

REASON_TOLD_MAX = 200


@transaction.atomic
def stop_dossier(
    *, actor: Actor, dossier_id: int, note: str = "", row_version: int | None = None, now: datetime | None = None
) -> DossierEvent:
    """The event. Raises DomainError stop.too_early while the papers asked for may still come, and
    stop.supplement_sent when they came from home and nobody has looked."""
    dossier = lock_where(
        actor=actor,
        command=Command.STOP,
        dossier_id=dossier_id,
        fits=lambda who, what: at_desk(who, what) or at_owner(who, what),
        refusal="Hồ sơ đang ở đơn vị khác.",
    )
    refuse_stale(dossier, row_version)
    moment, from_status = clock.local(now or clock.now()), dossier.status
    reason = _reason(dossier, moment)
    text = note.strip() or reason.label.capitalize()
    _close_parts(dossier, actor, text, moment)
    dossier.status, dossier.stop_reason, dossier.closed_at = Status.STOPPED, reason, moment
    dossier.resume_status, dossier.supplement_until = "", None
    slip = _notice(dossier, actor, text, moment)
    columns = [*STANDING_COLUMNS, "status", "stop_reason", "closed_at", "resume_status", "supplement_until"]
    save_columns(dossier, columns, now=moment)
    event = record_event(
        dossier=dossier,
        kind=EventKind.STOPPED,
        actor=actor,
        at=moment,
        from_status=from_status,
        note=text,
        data={"reason": reason.value, "slip_id": slip.pk if slip else None},
    )
    notify_applicant(
        dossier=dossier,
        event=NoticeEvent.DOSSIER_STOPPED,
        now=moment,
        more={"reason": text[:REASON_TOLD_MAX]},
    )
    return event


def _notice(dossier: Dossier, actor: Actor, text: str, now: datetime) -> Slip | None:
    """The office's notice; None where the applicant's own letter ends a withdrawn dossier."""
    is_withdrawn = dossier.stop_reason == StopReason.WITHDRAWN
    if not is_ended_by_notice(policy_by_id(dossier.ruleset_id).acts, is_withdrawn=is_withdrawn):
        return None
    return issue_slip(
        kind=FormKind.STOP_NOTICE,
        unit_id=dossier.receiving_unit_id,
        ruleset_id=dossier.ruleset_id,
        actor=actor,
        now=now,
        dossier=dossier,
        data=SlipData(reason=text),
    )


def _reason(dossier: Dossier, now: datetime) -> StopReason:
    if dossier.status == Status.WITHDRAW_REQUESTED:
        return StopReason.WITHDRAWN
    if dossier.check_due_at is not None:
        raise DomainError(
            "stop.supplement_sent", "Người nộp đã gửi bổ sung trực tuyến. Xin kiểm tra giấy tờ trước.", status=409
        )
    if dossier.supplement_until is not None and now <= dossier.supplement_until:
        raise DomainError(
            "stop.too_early", f"Người nộp còn được bổ sung đến {due_text(dossier.supplement_until)}.", status=409
        )
    return StopReason.NOT_SUPPLEMENTED


def _close_parts(dossier: Dossier, actor: Actor, note: str, now: datetime) -> None:
    """Nothing of a stopped dossier stays open: stops, steps, opinions, verifications, the withdrawal, calls."""
    Pause.objects.filter(dossier=dossier, ended_at__isnull=True).update(ended_at=now)
    WithdrawalRequest.objects.filter(dossier=dossier, decided_at__isnull=True).update(
        accepted=True, decided_at=now, decided_by=actor.user_id, answer=note[:1000]
    )
    end_side_work(dossier, note=note, unit_name=actor.unit_name, now=now)
    run = current_run(dossier)
    if run is not None:
        finish_run(run, officer_id=run.officer_id or actor.user_id, state=StepState.DONE, note=note, now=now)
    cancel_all_branches(dossier, note=note, now=now)
    stand_nowhere(dossier)
    cancel_calls(reference=reference_of(dossier.pk), now=now)
