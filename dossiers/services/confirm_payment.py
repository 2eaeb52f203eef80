"""Confirm that the financial duty is done: WAIT_PAYMENT → the state before it; a stopped clock runs on.

The desk that received the dossier, or the unit at work. Taxes are proven by the treasury's or the bank's paper; fees
and duties of the request must have been collected or exempted by the desk. Writes charges, the stop's end, the step, a
new receipt when the date moved, the dossier, one event and a message.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import ChargeKind, EventKind, IntervalKind, Status
from dossiers.models import Charge, Dossier, DossierEvent, Pause
from dossiers.rules.lifecycle import Command
from dossiers.selectors.act_rules import at_desk, at_owner
from dossiers.services.charging import reckon_unpaid
from dossiers.services.locking import current_run, lock_where, refuse_stale
from dossiers.services.notifying import notify_applicant
from dossiers.services.pausing import (
    PAUSE_COLUMNS,
    PROMISE_COLUMNS,
    open_pause,
    promise_again,
    push_step,
    run_clock_again,
)
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import clean_text
from haddong_portal.common.web.formatting import number_text
from haddong_portal.notices.constants import NoticeEvent

PROOF_LENGTH_MAX = 200


@transaction.atomic
def confirm_payment(
    *, actor: Actor, dossier_id: int, proof: str = "", row_version: int | None = None, now: datetime | None = None
) -> DossierEvent:
    """The event. `proof` names the paper that shows taxes paid.

    Raises DomainError payment_wait.proof_missing, payment_wait.still_owed.
    """
    dossier = lock_where(
        actor=actor,
        command=Command.CONFIRM_PAYMENT,
        dossier_id=dossier_id,
        fits=lambda who, what: at_desk(who, what) or at_owner(who, what),
        refusal="Hồ sơ đang ở đơn vị khác.",
    )
    refuse_stale(dossier, row_version)
    moment = clock.local(now or clock.now())
    pause = open_pause(dossier, IntervalKind.PAYMENT)
    assert pause is not None, "the state and the open stop come and go together"
    paid_vnd = _settle(pause, clean_text(proof)[:PROOF_LENGTH_MAX], moment)
    _go_on(dossier, pause, actor, moment)
    event = record_event(
        dossier=dossier,
        kind=EventKind.PAYMENT_RECORDED,
        actor=actor,
        at=moment,
        from_status=Status.WAIT_PAYMENT,
        note=clean_text(proof),
        data={"amount_vnd": paid_vnd, "pause_id": pause.pk},
    )
    _tell(dossier, paid_vnd, moment)
    return event


def _settle(pause: Pause, proof: str, now: datetime) -> int:
    """Settle the taxes of the request; returns what the whole request came to, exempted parts left out."""
    charges = list(Charge.objects.select_for_update(no_key=True).filter(pause=pause).order_by("pk"))
    owed = [charge for charge in charges if charge.settled_at is None]
    at_desk_owed = [charge.label for charge in owed if charge.kind != ChargeKind.TAX]
    if at_desk_owed:
        raise DomainError(
            "payment_wait.still_owed",
            f"Chưa thu hoặc miễn: {'; '.join(at_desk_owed)}. Xin thu tiền tại bộ phận Một cửa trước.",
            status=409,
        )
    if owed and not proof:
        raise DomainError("payment_wait.proof_missing", "Phải ghi chứng từ nộp tiền.", "proof")
    Charge.objects.filter(pk__in=[charge.pk for charge in owed]).update(settled_at=now, proof=proof)
    return sum(charge.amount_vnd or 0 for charge in charges if not charge.exempt_reason)


def _go_on(dossier: Dossier, pause: Pause, actor: Actor, now: datetime) -> None:
    dossier.status, dossier.resume_status = Status(dossier.resume_status), ""
    run_clock_again(dossier, pause, now=now)
    push_step(dossier, current_run(dossier), pause)
    if dossier.paused_at is None and dossier.due_at != dossier.printed_due_at:
        promise_again(dossier, reason="đã thực hiện nghĩa vụ tài chính", actor=actor, now=now)
    reckon_unpaid(dossier)
    save_columns(dossier, [*PAUSE_COLUMNS, *PROMISE_COLUMNS, "step_due_at", "unpaid_vnd"], now=now)


def _tell(dossier: Dossier, paid_vnd: int, now: datetime) -> None:
    notify_applicant(
        dossier=dossier,
        event=NoticeEvent.PAYMENT_RECEIVED,
        now=now,
        more={"amount": f"{number_text(paid_vnd)} đồng"},
    )
