"""What the receipt (Mẫu 01) prints, from the dossier as it stands."""

from __future__ import annotations

from django.conf import settings

from dossiers.constants import ChecklistState, FormKind
from dossiers.documents.receipt import (
    ReceiptComponent,
    ReceiptData,
    ReceiptFee,
    ReceiptReissue,
    ReceiptRepresentative,
)
from dossiers.models import Dossier, Slip
from dossiers.rules.forms import form_of
from dossiers.selectors.form_subjects import subject_of_dossier
from dossiers.selectors.links import survey_of, tracking_hint, tracking_url
from dossiers.selectors.payment_codes import payment_code
from dossiers.selectors.slip_parts import applicant_number
from haddong_portal.common.clock import local
from haddong_portal.common.codes import parse_dossier_code
from haddong_portal.common.errors import DomainError

ON_PAPER = (ChecklistState.PAPER, ChecklistState.COPY, ChecklistState.ELECTRONIC)


def receipt_data(dossier: Dossier, *, slip: Slip | None = None) -> ReceiptData:
    """The receipt of a dossier: the newest one handed out, or `slip`. Papers not brought are not listed.

    A receipt that a later one replaced still says what it promised; the explanation is the one that holds now.
    """
    desk, clerk = dossier.receiving_unit, dossier.received_by
    if dossier.accepted_at is None or clerk is None:
        raise DomainError("receipt.not_accepted", "Hồ sơ chưa được tiếp nhận nên chưa có giấy hẹn.", status=409)
    form = form_of(dossier.ruleset.forms, FormKind.RECEIPT, subject_of_dossier(dossier))
    receipts = list(dossier.slips.filter(form_kind=FormKind.RECEIPT).order_by("id"))
    slip = slip or (receipts[-1] if receipts else None)
    if slip is None and dossier.printed_due_at is None:
        raise DomainError(
            "receipt.not_given", "Hồ sơ trả ngay, không cấp giấy hẹn. Cần thì cấp ở trang hồ sơ.", status=409
        )
    return ReceiptData(
        superior_name=desk.parent.name if desk.parent else settings.PORTAL_SUPERIOR_NAME,
        desk_name=desk.desk_name or f"Bộ phận Một cửa {desk.name}",
        number=f"{slip.number:02d}" if slip else f"{parse_dossier_code(dossier.code).serial:04d}",
        issued_at=slip.issued_at if slip else None,
        reissue=_reissue(slip, receipts) if slip else None,
        survey_url=survey_of(slip, dossier.procedure.national_code) if slip else "",
        place=settings.PORTAL_PLACE,
        dossier_code=dossier.code,
        applicant_name=dossier.applicant_name,
        applicant_id=applicant_number(dossier) if form.prints_id else "",
        address=dossier.applicant_address,
        phone=dossier.phone,
        email=dossier.email,
        representative=_representative(dossier),
        request=dossier.request_note or dossier.procedure_name,
        procedure_code=dossier.procedure.national_code,
        components=_components(dossier),
        set_count=dossier.copies,
        limit_text=dossier.limit_text,
        accepted_at=dossier.accepted_at,
        due_at=slip.due_at if slip else dossier.due_at,
        due_explanation=tuple(dossier.due_explanation) if slip is None or slip.due_at == dossier.due_at else (),
        result_delivery=_delivery(dossier),
        fees=_fees(dossier),
        book_no=dossier.book_no,
        line_no=str(dossier.line_no),
        clerk_name=clerk.full_name,
        tracking_url=tracking_url(dossier.code),
        tracking_hint=tracking_hint(),
        hotline=desk.phone or settings.PORTAL_HOTLINE,
        form_name=form.name,
        form_no=form.number,
        number_suffix=form.suffix,
        payment=payment_code(dossier, on=local(slip.issued_at if slip else dossier.accepted_at).date()),
    )


def _reissue(slip: Slip, receipts: list[Slip]) -> ReceiptReissue | None:
    """The mark of a receipt that replaces another."""
    replaced = next((one for one in receipts if one.pk == slip.replaces_id), None)
    if replaced is None:
        return None
    return ReceiptReissue(receipts.index(slip), f"{replaced.number:02d}", slip.reason)


def _representative(dossier: Dossier) -> ReceiptRepresentative | None:
    person = dossier.representative
    if person is None:
        return None
    return ReceiptRepresentative(
        full_name=person.full_name,
        personal_id=person.personal_id,
        address=person.address,
        phone=person.phone,
        authority=dossier.representative_relation,
    )


def _components(dossier: Dossier) -> tuple[ReceiptComponent, ...]:
    return tuple(
        ReceiptComponent(
            name=line.name,
            original_count=line.originals,
            copy_count=line.copies,
            electronic=line.state == ChecklistState.ELECTRONIC,
            held=line.paper_use_id is not None,
            note=line.note,
        )
        for line in dossier.checklist.all()
        if line.state in ON_PAPER
    )


def _delivery(dossier: Dossier) -> str:
    label = str(dossier.get_delivery_display())
    return f"{label}: {dossier.delivery_address}" if dossier.delivery_address else label


def _fees(dossier: Dossier) -> tuple[ReceiptFee, ...]:
    amounts = (("Phí", dossier.fee_vnd), ("Lệ phí", dossier.duty_vnd))
    known = tuple(ReceiptFee(label, amount) for label, amount in amounts if amount is not None)
    return known or ((ReceiptFee("Phí, lệ phí", None, dossier.fee_note),) if dossier.fee_note else ())
