"""The desk's slip for money (Phiếu thu): what was paid in one act, drawn from its payments. The read is audited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from dossiers.constants import PaymentMethod
from dossiers.documents.fee_slip import FeeSlipData, FeeSlipLine, render_fee_slip
from dossiers.documents.parts import FormHead, FormSigner
from dossiers.models import Dossier, Payment
from dossiers.permissions import RIGHT_OF
from dossiers.rules.amount_words import amount_in_words
from dossiers.rules.lifecycle import Command
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound

FORM_NAME = "Phiếu thu phí, lệ phí"


def fee_slip_pdf(*, actor: Actor, code: str, payment_id: int, now: datetime) -> bytes:
    """The slip of the act that this payment belongs to, for whoever collects at the dossier's desk.

    Raises NotAllowed, NotFound dossier.not_found, payment.not_found (also for a voided one: it proves nothing).
    """
    actor.require(RIGHT_OF[Command.COLLECT_FEE])
    rows = Dossier.objects.visible_to(actor).filter(code=code, receiving_unit__in=actor.unit_ids)
    dossier = rows.select_related("receiving_unit__parent").first()
    if dossier is None:
        raise NotFound("Không tìm thấy hồ sơ này.", code="dossier.not_found")
    payments = _of_one_act(dossier, payment_id)
    record_access(
        actor=actor,
        action="dossier.fee_slip",
        object_type="dossier",
        object_id=dossier.pk,
        person_id=dossier.person_id,
        purpose="in phiếu thu",
        now=now,
    )
    return render_fee_slip(_data(dossier, payments))


def _of_one_act(dossier: Dossier, payment_id: int) -> list[Payment]:
    """This payment and what was paid with it, by number."""
    valid = Payment.objects.filter(charge__dossier=dossier, voided_at__isnull=True)
    wanted = valid.filter(pk=payment_id).first()
    if wanted is None:
        raise NotFound("Không tìm thấy lần thu này, hoặc biên lai đã hủy.", code="payment.not_found")
    with_it = valid.filter(paid_at=wanted.paid_at, collected_by=wanted.collected_by_id)
    return list(with_it.select_related("charge", "collected_by").order_by("receipt_no"))


def _data(dossier: Dossier, payments: Sequence[Payment]) -> FeeSlipData:
    first, unit = payments[0], dossier.receiving_unit
    total = sum(payment.amount_vnd for payment in payments)
    return FeeSlipData(
        head=FormHead(
            superior_name=unit.parent.name if unit.parent else settings.PORTAL_SUPERIOR_NAME,
            body_name=unit.desk_name or unit.name,
            form_name=FORM_NAME,
            number="",
            place=settings.PORTAL_PLACE,
            issued_at=first.paid_at,
        ),
        payer_name=dossier.applicant_name,
        payer_address=dossier.applicant_address,
        dossier_code=dossier.code,
        procedure_name=dossier.procedure_name,
        lines=tuple(_line(payment, payments) for payment in payments),
        total_vnd=total,
        total_in_words=amount_in_words(total),
        method=str(PaymentMethod(first.method).label),
        paid_at=first.paid_at,
        payer=FormSigner("Người nộp tiền"),  # the applicant or whoever came for them: known when it is signed
        collector=FormSigner("Người thu tiền", first.collected_by.full_name),
        receipt_no=", ".join(_number(payment) for payment in payments),
        reference=first.reference,
    )


def _line(payment: Payment, payments: Sequence[Payment]) -> FeeSlipLine:
    note = f"biên lai số {_number(payment)}" if len(payments) > 1 else ""
    return FeeSlipLine(payment.charge.label, payment.amount_vnd, note)


def _number(payment: Payment) -> str:
    return f"{payment.receipt_no:04d}/{payment.year}"
