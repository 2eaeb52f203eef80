"""Collect fees and duties at the desk: one receipt number of the unit's yearly book for each charge (ND61-2018-D17).

Clerks and the head of the desk that received the dossier. Writes the payments, settles their charges, the dossier's
unpaid sum, one event. The receipt book's counter is locked last, so its numbers have no gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from dossiers.constants import ChargeKind, EventKind, PaymentMethod
from dossiers.models import Charge, Dossier, Payment
from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import Command
from dossiers.services.charging import (
    lock_at_counter,
    lock_charges,
    lock_drawer,
    reckon_unpaid,
    refuse_closed_day,
)
from dossiers.services.locking import check_state, refuse_stale
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import clean_text
from haddong_portal.plumbing.services.next_number import next_number

REFERENCE_LENGTH_MAX = 100


@transaction.atomic
def collect_fee(
    *,
    actor: Actor,
    dossier_id: int,
    charge_ids: Sequence[int],
    method: str = PaymentMethod.CASH,
    reference: str = "",
    row_version: int | None = None,
    now: datetime | None = None,
) -> list[Payment]:
    """The payments, in the order of the charges.

    Raises DomainError payment.method, payment.reference_missing, payment.day_closed, charge.amount_unknown,
    charge.paid_elsewhere, Conflict charge.settled.
    """
    dossier = lock_at_counter(actor=actor, right=RIGHT_OF[Command.COLLECT_FEE], dossier_id=dossier_id)
    check_state(Command.COLLECT_FEE, dossier)
    refuse_stale(dossier, row_version)
    proof = _proof(method, reference)
    charges = lock_charges(dossier, charge_ids)
    _refuse_unknown(charges)
    moment = clock.local(now or clock.now())
    lock_drawer(actor.user_id)
    refuse_closed_day(actor, dossier.receiving_unit_id, moment)
    _settle(dossier, charges, moment)
    record = _Receipt(dossier, actor, method, proof, moment)
    payments = [record.payment(charge) for charge in charges]
    record_event(
        dossier=dossier,
        kind=EventKind.PAYMENT_RECORDED,
        actor=actor,
        at=moment,
        from_status=dossier.status,
        data={
            "receipts": [payment.receipt_no for payment in payments],
            "amount_vnd": sum(payment.amount_vnd for payment in payments),
            "method": method,
        },
    )
    return payments


def _settle(dossier: Dossier, charges: Sequence[Charge], now: datetime) -> None:
    Charge.objects.filter(pk__in=[charge.pk for charge in charges]).update(settled_at=now)
    reckon_unpaid(dossier)
    save_columns(dossier, ["unpaid_vnd"])


class _Receipt:
    """The payments of one act, numbered one after the other."""

    def __init__(self, dossier: Dossier, actor: Actor, method: str, reference: str, now: datetime) -> None:
        self.unit_id, self.actor, self.method, self.reference = dossier.receiving_unit_id, actor, method, reference
        self.now = now

    def payment(self, charge: Charge) -> Payment:
        number = next_number(kind="payment", holder=str(self.unit_id), period=str(self.now.year))
        payment = Payment(
            charge=charge,
            unit_id=self.unit_id,
            year=self.now.year,
            receipt_no=number,
            amount_vnd=charge.amount_vnd or 0,
            method=self.method,
            reference=self.reference,
            collected_by_id=self.actor.user_id or 0,
            paid_at=self.now,
        )
        payment.save(force_insert=True)
        return payment


def _proof(method: str, reference: str) -> str:
    """The transaction's reference; only cash needs none."""
    if method not in PaymentMethod.values:
        raise DomainError("payment.method", "Cách nộp tiền không đúng.", "method")
    cleaned = clean_text(reference)[:REFERENCE_LENGTH_MAX]
    if method != PaymentMethod.CASH and not cleaned:
        raise DomainError("payment.reference_missing", "Chưa ghi mã giao dịch.", "reference")
    return cleaned


def _refuse_unknown(charges: Sequence[Charge]) -> None:
    for charge in charges:
        if charge.kind == ChargeKind.TAX:
            raise DomainError(
                "charge.paid_elsewhere",
                f"“{charge.label}” nộp vào ngân sách, không thu tại quầy. Xin ghi chứng từ ở việc “Xác nhận đã thực "
                "hiện nghĩa vụ tài chính”.",
                "charge_ids",
            )
        if charge.amount_vnd is None:
            raise DomainError(
                "charge.amount_unknown", f"“{charge.label}” chưa có số tiền. Xin ghi số tiền trước.", "charge_ids"
            )
