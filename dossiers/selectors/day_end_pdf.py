"""A signed day as its sheet (Bảng đối soát cuối ngày), drawn from what was signed. The read is audited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db.models import F

from dossiers.constants import ChargeKind, PaymentMethod
from dossiers.documents.day_end_sheet import DayCount, DayEndSheetData, DayPayment, DayTotal, render_day_end_sheet
from dossiers.documents.parts import FormHead, FormSigner
from dossiers.models import DayEnd, Payment
from dossiers.permissions import DAY_END
from haddong_portal.accounts.constants import Role
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM, local
from haddong_portal.common.errors import NotFound


def day_end_pdf(*, actor: Actor, sheet_id: int, now: datetime) -> bytes:
    """The PDF of one's own sheet, for the head of the desk of any of the desk; NotFound day_end.not_found."""
    rows = DayEnd.objects.filter(unit__in=actor.unit_ids).select_related("unit__parent", "clerk")
    if actor.role != Role.ONE_STOP_HEAD:
        rows = rows.filter(clerk=actor.user_id)
    sheet = rows.filter(pk=sheet_id).first()
    if sheet is None:
        raise NotFound("Không tìm thấy bảng đối soát này.", code="day_end.not_found")
    record_access(
        actor=actor, action=DAY_END, object_type="day_end", object_id=sheet.pk, purpose="in bảng đối soát", now=now
    )
    return render_day_end_sheet(_data(sheet))


def _data(sheet: DayEnd) -> DayEndSheetData:
    figures: Mapping[str, Any] = sheet.figures
    totals = tuple(DayTotal(*line) for line in figures["totals"])
    # What is handed in is cash; transfers are already with the bank.
    return DayEndSheetData(
        head=_head(sheet),
        clerk_name=sheet.clerk.full_name,
        day=datetime.combine(sheet.day, time(17), tzinfo=VIETNAM),
        counts=tuple(DayCount(label, count) for label, count in figures["counts"]),
        totals=totals,
        payments=_payments(sheet),
        expected_vnd=sheet.cash_expected_vnd,
        handed_in_vnd=sheet.cash_counted_vnd,
        difference_vnd=sheet.cash_counted_vnd - sheet.cash_expected_vnd,
        difference_reason=sheet.note,
        clerk=FormSigner("Người thu tiền", sheet.clerk.full_name),
        cashier=FormSigner("Thủ quỹ"),
        head_of_desk=FormSigner("Trưởng Bộ phận Một cửa"),
    )


def _head(sheet: DayEnd) -> FormHead:
    unit = sheet.unit
    return FormHead(
        superior_name=unit.parent.name if unit.parent else settings.PORTAL_SUPERIOR_NAME,
        body_name=unit.desk_name or unit.name,
        form_name="Bảng đối soát cuối ngày",
        number="",
        place=settings.PORTAL_PLACE,
        issued_at=local(sheet.signed_at),
    )


def _payments(sheet: DayEnd) -> tuple[DayPayment, ...]:
    rows = Payment.objects.filter(day_end=sheet).order_by("year", "receipt_no")
    fields = rows.values(
        *("receipt_no", "method", "amount_vnd", "paid_at", "voided_at", "void_reason"),
        kind=F("charge__kind"),
        code=F("charge__dossier__code"),
        payer=F("charge__dossier__applicant_name"),
    )
    return tuple(
        DayPayment(
            receipt_no=f"{row['receipt_no']:04d}",
            dossier_code=row["code"],
            payer_name=row["payer"],
            kind=str(ChargeKind(row["kind"]).label),
            method=str(PaymentMethod(row["method"]).label),
            amount_vnd=row["amount_vnd"],
            paid_at=local(row["paid_at"]),
            note=f"đã hủy: {row['void_reason']}" if row["voided_at"] else "",
        )
        for row in fields
    )
