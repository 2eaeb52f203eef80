"""Decline a withdrawal: the work goes on where it stood and the clock runs on (T14).

The receiving desk, or the unit at work. Writes the answer, the end of the stop, a new receipt when the date moved, the
dossier, one event and a message.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind, IntervalKind, Status
from dossiers.models import DossierEvent, WithdrawalRequest
from dossiers.rules.lifecycle import Command
from dossiers.selectors.act_rules import at_desk, at_owner
from dossiers.services.locking import lock_where, refuse_stale
from dossiers.services.notifying import notify_applicant
from dossiers.services.pausing import PAUSE_COLUMNS, PROMISE_COLUMNS, open_pause, promise_again, run_clock_again
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.constants import NoticeEvent

WAITING = (Status.WAIT_SUPPLEMENT, Status.WAIT_PAYMENT)
REASON_TOLD_MAX = 200


@transaction.atomic
def decline_withdrawal(
    *, actor: Actor, dossier_id: int, reason: str, row_version: int | None = None, now: datetime | None = None
) -> DossierEvent:
    """The event. Raises DomainError withdrawal.reason_missing."""
    dossier = lock_where(
        actor=actor,
        command=Command.DECLINE_WITHDRAWAL,
        dossier_id=dossier_id,
        fits=lambda who, what: at_desk(who, what) or at_owner(who, what),
        refusal="Hồ sơ đang ở đơn vị khác.",
    )
    refuse_stale(dossier, row_version)
    if not reason.strip():
        raise DomainError("withdrawal.reason_missing", "Phải ghi lý do không chấp nhận.", "reason")
    moment = clock.local(now or clock.now())
    WithdrawalRequest.objects.filter(dossier=dossier, decided_at__isnull=True).update(
        accepted=False, decided_at=moment, decided_by=actor.user_id, answer=reason.strip()[:1000]
    )
    dossier.status = Status(dossier.resume_status)
    dossier.resume_status = Status.PROCESSING if dossier.status in WAITING else ""
    pause = open_pause(dossier, IntervalKind.WITHDRAWAL)
    if pause is not None:
        run_clock_again(dossier, pause, now=moment)
    if dossier.paused_at is None and dossier.due_at != dossier.printed_due_at:
        promise_again(dossier, reason="tiếp tục giải quyết sau đề nghị rút hồ sơ", actor=actor, now=moment)
    save_columns(dossier, [*PAUSE_COLUMNS, *PROMISE_COLUMNS], now=moment)
    event = record_event(
        dossier=dossier,
        kind=EventKind.WITHDRAWAL_DECLINED,
        actor=actor,
        at=moment,
        from_status=Status.WITHDRAW_REQUESTED,
        note=reason,
    )
    notify_applicant(
        dossier=dossier,
        event=NoticeEvent.WITHDRAWAL_DECLINED,
        now=moment,
        more={"reason": reason[:REASON_TOLD_MAX]},
    )
    return event
