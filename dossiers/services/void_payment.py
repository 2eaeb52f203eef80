"""Void a receipt made by mistake: the payment stays with its number and the reason, its charge is owed again.

The head of the desk, while the dossier is open and the day's sheet that reckons with the payment is not signed.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind
from dossiers.models import Charge, Dossier, Payment
from dossiers.permissions import VOID_PAYMENT
from dossiers.services.charging import lock_at_counter, lock_drawer, reckon_unpaid, told_reason
from dossiers.services.locking import refuse_stale
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotFound


@transaction.atomic
def void_payment(
    *,
    actor: Actor,
    dossier_id: int,
    payment_id: int,
    reason: str,
    row_version: int | None = None,
    now: datetime | None = None,
) -> Payment:
    """The voided payment. Raises NotFound payment.not_found, Conflict payment.voided, DomainError
    payment.dossier_closed, payment.day_closed, charge.reason_missing."""
    dossier = lock_at_counter(actor=actor, right=VOID_PAYMENT, dossier_id=dossier_id)
    refuse_stale(dossier, row_version)
    words = told_reason(reason)
    payment = _lock_payment(dossier, payment_id)
    moment = clock.local(now or clock.now())
    payment.voided_at, payment.void_reason = moment, words
    payment.save(update_fields=["voided_at", "void_reason"])
    Charge.objects.filter(pk=payment.charge_id).update(settled_at=None)
    reckon_unpaid(dossier)
    save_columns(dossier, ["unpaid_vnd"])
    record_event(
        dossier=dossier,
        kind=EventKind.PAYMENT_VOIDED,
        actor=actor,
        at=moment,
        from_status=dossier.status,
        note=words,
        data={"payment_id": payment.pk, "receipt_no": payment.receipt_no, "amount_vnd": payment.amount_vnd},
    )
    return payment


def _lock_payment(dossier: Dossier, payment_id: int) -> Payment:
    if dossier.closed_at is not None:
        raise DomainError(
            "payment.dossier_closed", "Hồ sơ đã kết thúc nên biên lai không hủy được nữa.", "payment_id", status=409
        )
    rows = Payment.objects.filter(charge__dossier=dossier, pk=payment_id)
    lock_drawer(rows.values_list("collected_by_id", flat=True).first())
    payment = rows.select_for_update(no_key=True, of=("self",)).first()
    if payment is None:
        raise NotFound("Không tìm thấy biên lai này.", code="payment.not_found")
    if payment.voided_at is not None:
        raise Conflict("payment.voided", "Biên lai này đã hủy.", "payment_id")
    if payment.day_end_id is not None:
        raise DomainError(
            "payment.day_closed",
            "Biên lai đã vào bảng đối soát cuối ngày đã ký nên không hủy được; xin lập phiếu hoàn tiền riêng.",
            "payment_id",
            status=409,
        )
    return payment
