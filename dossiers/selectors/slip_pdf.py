"""A stored slip as its form: which paper it is, and what of slip and dossier it prints. The read is audited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.conf import settings

from dossiers.constants import FormKind
from dossiers.documents.apology import ApologyData, ApologyKind, render_apology
from dossiers.documents.consultation_request import ConsultationRequestData, render_consultation_request
from dossiers.documents.extension_request import ExtensionRequestData, render_extension_request
from dossiers.documents.parts import FormApplicant, FormSigner
from dossiers.documents.receipt import render_receipt
from dossiers.documents.refusal import RefusalData, RefusalKind, render_refusal
from dossiers.documents.stop_notice import StopNoticeData, render_stop_notice
from dossiers.documents.supplement_slip import SupplementSlipData, render_supplement_slip
from dossiers.models import Dossier, Slip
from dossiers.selectors.as_of import undo_later_corrections
from dossiers.selectors.links import survey_of, tracking_url
from dossiers.selectors.receipt_data import receipt_data
from dossiers.selectors.slip_parts import (
    CLERK_TITLE,
    GUIDE_TITLE,
    applicant_number,
    asked_lines,
    form_head,
    form_signer,
    reason_lines,
)
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound

# What the forms read of a dossier.
PRINTED = (
    "receiving_unit__parent",
    "person",
    "organisation",
    "procedure",
    "ruleset",
    "received_by",
    "representative",
)
# What the regulation gives into the applicant's hand; the rest goes between offices.
FOR_APPLICANTS = (
    FormKind.RECEIPT,
    FormKind.SUPPLEMENT_REQUEST,
    FormKind.REFUSAL,
    FormKind.APOLOGY_LETTER,
    FormKind.STOP_NOTICE,
)


def slip_pdf(*, actor: Actor, code: str, slip_id: int, now: datetime) -> bytes:
    """The PDF of one slip of a dossier that the actor may see; NotFound dossier.not_found or slip.not_found."""
    dossier = Dossier.objects.visible_to(actor).select_related(*PRINTED).filter(code=code).first()
    if dossier is None:
        raise NotFound("Không tìm thấy hồ sơ này.", code="dossier.not_found")
    slip = Slip.objects.select_related("unit__parent", "ruleset").filter(pk=slip_id, dossier=dossier).first()
    if slip is None or slip.form_kind not in _DRAWN:
        raise NotFound("Không tìm thấy phiếu này.", code="slip.not_found")
    record_access(
        actor=actor,
        action="dossier.slip",
        object_type="dossier",
        object_id=dossier.pk,
        person_id=dossier.person_id,
        purpose=str(slip),
        now=now,
    )
    return _DRAWN[slip.form_kind](slip, undo_later_corrections(dossier, slip.issued_at))


def own_slip_pdf(*, dossier: Dossier, slip_id: int, client_ip: str, now: datetime, actor: Actor | None = None) -> bytes:
    """The PDF of one slip for the citizen whose dossier it is (`read_own` has checked that); slip.not_found for what
    is not theirs to see."""
    rows = Slip.objects.select_related("unit__parent", "ruleset").filter(form_kind__in=FOR_APPLICANTS)
    slip = rows.filter(pk=slip_id, dossier=dossier).first()
    if slip is None:
        raise NotFound("Không tìm thấy phiếu này.", code="slip.not_found")
    record_access(
        actor=actor or Actor(name="Người dân", channel="public", ip=client_ip or None),
        action="dossier.own_slip",
        object_type="dossier",
        object_id=dossier.pk,
        person_id=dossier.person_id,
        purpose=str(slip),
        now=now,
    )
    return _DRAWN[slip.form_kind](slip, undo_later_corrections(dossier, slip.issued_at))


def drawn_refusal(*, slip_id: int, dossier_id: int) -> bytes:
    """The form of a written refusal, for issuing it: the portal itself reads, so nobody's reading is on record."""
    dossier = Dossier.objects.select_related(*PRINTED).get(pk=dossier_id)
    slip = Slip.objects.select_related("unit__parent", "ruleset").get(pk=slip_id, dossier=dossier)
    return _DRAWN[slip.form_kind](slip, undo_later_corrections(dossier, slip.issued_at))


def _applicant(dossier: Dossier) -> FormApplicant:
    return FormApplicant(
        name=dossier.applicant_name,
        personal_id=applicant_number(dossier),
        address=dossier.applicant_address,
        phone=dossier.phone,
        email=dossier.email,
    )


def _supplement(slip: Slip, dossier: Dossier) -> bytes:
    return render_supplement_slip(
        SupplementSlipData(
            head=form_head(slip, by_desk=dossier.accepted_at is None or slip.issued_at < dossier.accepted_at),
            applicant=_applicant(dossier),
            request=slip.request,
            lines=asked_lines(slip),
            reason=slip.reason,
            contact_name=slip.signer_name,
            contact_phone=slip.unit.phone or dossier.receiving_unit.phone or settings.PORTAL_HOTLINE,
            guide=FormSigner(title=GUIDE_TITLE, name=slip.signer_name),
            dossier_code=dossier.code,
            procedure_code=dossier.procedure.national_code,
            due_at=slip.due_at,
            tracking_url=tracking_url(dossier.code),
            survey_url=survey_of(slip, dossier.procedure.national_code),
        )
    )


def _refusal(slip: Slip, dossier: Dossier) -> bytes:
    settlement = bool(slip.contents.get("settlement"))
    return render_refusal(
        RefusalData(
            head=form_head(slip, by_desk=not settlement),
            kind=RefusalKind.SETTLEMENT if settlement else RefusalKind.INTAKE,
            applicant=_applicant(dossier),
            request=slip.request,
            reasons=reason_lines(slip),
            clerk=form_signer(slip) if settlement else FormSigner(title=CLERK_TITLE, name=slip.signer_name),
            applicant_signer=FormSigner(title="Người nộp hồ sơ", name=dossier.applicant_name),
            dossier_code=dossier.code,
            procedure_code=dossier.procedure.national_code,
            legal_basis=str(slip.contents.get("legal_basis") or ""),
            survey_url=survey_of(slip, dossier.procedure.national_code),
        )
    )


def _stop(slip: Slip, dossier: Dossier) -> bytes:
    asked = dossier.withdrawals.order_by("-id").values_list("asked_at", flat=True).first()
    return render_stop_notice(
        StopNoticeData(
            head=form_head(slip),
            addressee=dossier.applicant_name,
            applicant=_applicant(dossier),
            dossier_code=dossier.code,
            procedure_name=dossier.procedure_name,
            accepted_at=dossier.accepted_at or slip.issued_at,
            stopped_at=slip.issued_at,
            reason=slip.reason,
            signer=form_signer(slip),
            asked_at=asked,
            returned_papers=tuple(line.name for line in dossier.checklist.all() if line.originals),
        )
    )


def _apology(slip: Slip, dossier: Dossier) -> bytes:
    contents: Mapping[str, object] = slip.contents
    promised = contents.get("old_due_at")
    return render_apology(
        ApologyData(
            head=form_head(slip),
            kind=ApologyKind(str(contents.get("kind") or ApologyKind.NEW_DATE)),
            addressee=dossier.applicant_name,
            applicant=_applicant(dossier),
            dossier_code=dossier.code,
            procedure_name=dossier.procedure_name,
            accepted_at=dossier.accepted_at or slip.issued_at,
            due_at=datetime.fromisoformat(str(promised)) if promised else dossier.due_at,
            reason=slip.reason,
            signer=form_signer(slip),
            new_due_at=slip.due_at,
            remedy=str(contents.get("remedy") or ""),
            cost=str(contents.get("cost") or ""),
        )
    )


def _extension(slip: Slip, dossier: Dossier) -> bytes:
    promised = datetime.fromisoformat(str(slip.contents["old_due_at"]))
    return render_extension_request(
        ExtensionRequestData(
            head=form_head(slip),
            addressee=dossier.receiving_unit.desk_name or f"Bộ phận Một cửa {dossier.receiving_unit.name}",
            applicant=_applicant(dossier),
            dossier_code=dossier.code,
            procedure_name=dossier.procedure_name,
            accepted_at=dossier.accepted_at or slip.issued_at,
            due_at=promised,
            proposed_due_at=slip.due_at or promised,
            reason=slip.reason,
            signer=form_signer(slip),
        )
    )


def _opinion(slip: Slip, dossier: Dossier) -> bytes:
    return render_consultation_request(
        ConsultationRequestData(
            head=form_head(slip),
            addressee=str(slip.contents.get("addressee") or ""),
            applicant=FormApplicant(name=dossier.applicant_name, address=dossier.applicant_address),
            dossier_code=dossier.code,
            procedure_name=dossier.procedure_name,
            due_at=dossier.due_at,
            content=slip.reason,
            answer_due_at=slip.due_at or slip.issued_at,
            signer=form_signer(slip),
            answer_to=f"{slip.unit.name}{f', điện thoại {slip.unit.phone}' if slip.unit.phone else ''}",
        )
    )


_DRAWN: Mapping[str, Callable[[Slip, Dossier], bytes]] = {
    FormKind.RECEIPT: lambda slip, dossier: render_receipt(receipt_data(dossier, slip=slip)),
    FormKind.SUPPLEMENT_REQUEST: _supplement,
    FormKind.REFUSAL: _refusal,
    FormKind.STOP_NOTICE: _stop,
    FormKind.APOLOGY_LETTER: _apology,
    FormKind.EXTENSION_REQUEST: _extension,
    FormKind.OPINION_REQUEST: _opinion,
}
