"""Slips of the counter (guidance, refusals to take in): the unit's list, one slip, its PDF. Only the issuing unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from dossiers.constants import FormKind
from dossiers.documents.parts import FormApplicant, FormSigner
from dossiers.documents.refusal import RefusalData, RefusalKind, render_refusal
from dossiers.documents.supplement_slip import SupplementSlipData, render_supplement_slip
from dossiers.models import Slip
from dossiers.permissions import RIGHT_OF
from dossiers.rules.forms import form_of, slip_number_text
from dossiers.rules.lifecycle import Command
from dossiers.selectors.form_subjects import subject_of_slip
from dossiers.selectors.links import survey_of
from dossiers.selectors.slip_parts import CLERK_TITLE, GUIDE_TITLE, asked_lines, form_head, reason_lines
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound

PAGE = 50
KINDS = (FormKind.SUPPLEMENT_REQUEST, FormKind.REFUSAL)


@dataclass(frozen=True)
class CounterSlipRow:
    """One line of the list."""

    id: int
    number_text: str
    label: str
    applicant_name: str
    request: str
    issued_at: datetime
    issued_by: str


@dataclass(frozen=True)
class CounterSlipPage:
    """One keyset page, newest first."""

    rows: list[CounterSlipRow]
    next_cursor: int | None


def counter_slips(*, actor: Actor, kind: str = "", before: int | None = None) -> CounterSlipPage:
    """The slips of the actor's unit without a dossier; `kind` a FormKind or "" for both, `before` a slip's id."""
    rows = _visible(actor).filter(form_kind__in=[kind] if kind in KINDS else KINDS)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(
        rows.select_related("ruleset", "procedure__current_version__sector")
        .defer("applicant_address", "phone")
        .order_by("-pk")[: PAGE + 1]
    )
    shown = found[:PAGE]
    return CounterSlipPage([_row(slip) for slip in shown], shown[-1].pk if len(found) > PAGE else None)


def counter_slip(*, actor: Actor, slip_id: int) -> Slip:
    """One slip with its lines; NotFound slip.not_found unless the actor's unit issued it."""
    slip = _visible(actor).select_related("unit__parent", "ruleset", "person", "procedure").filter(pk=slip_id).first()
    if slip is None:
        raise NotFound("Không tìm thấy phiếu này.", code="slip.not_found")
    return slip


def number_text(slip: Slip) -> str:
    """ "07/PBS" under the slip's own rule-set."""
    return slip_number_text(
        slip.number, form_of(slip.ruleset.forms, FormKind(slip.form_kind), subject_of_slip(slip)).suffix
    )


def counter_slip_pdf(*, actor: Actor, slip_id: int, now: datetime) -> bytes:
    """The form, drawn again from its row; the read is audited."""
    slip = counter_slip(actor=actor, slip_id=slip_id)
    record_access(
        actor=actor,
        action="slip.read",
        object_type="slip",
        object_id=slip.pk,
        person_id=slip.person_id,
        purpose=str(slip),
        now=now,
    )
    return _DRAWN[slip.form_kind](slip)


def _visible(actor: Actor) -> QuerySet[Slip]:
    actor.require(RIGHT_OF[Command.GUIDE])
    return Slip.objects.filter(unit_id__in=actor.unit_ids, dossier__isnull=True, form_kind__in=KINDS)


def _row(slip: Slip) -> CounterSlipRow:
    guidance = slip.form_kind == FormKind.SUPPLEMENT_REQUEST
    return CounterSlipRow(
        id=slip.pk,
        number_text=number_text(slip),
        label="Hướng dẫn bổ sung" if guidance else "Từ chối tiếp nhận",
        applicant_name=slip.applicant_name,
        request=slip.request,
        issued_at=slip.issued_at,
        issued_by=slip.signer_name,
    )


def _guidance(slip: Slip) -> bytes:
    code = slip.procedure.national_code if slip.procedure else ""
    return render_supplement_slip(
        SupplementSlipData(
            head=form_head(slip, by_desk=True),
            applicant=_applicant(slip),
            request=slip.request,
            lines=asked_lines(slip),
            reason=slip.reason,
            contact_name=slip.signer_name,
            contact_phone=slip.unit.phone or settings.PORTAL_HOTLINE,
            guide=FormSigner(title=GUIDE_TITLE, name=slip.signer_name),
            procedure_code=code,
            survey_url=survey_of(slip, code),
        )
    )


def _refusal(slip: Slip) -> bytes:
    code = slip.procedure.national_code if slip.procedure else ""
    return render_refusal(
        RefusalData(
            head=form_head(slip, by_desk=True),
            kind=RefusalKind.INTAKE,
            applicant=_applicant(slip),
            request=slip.request,
            reasons=reason_lines(slip),
            clerk=FormSigner(title=CLERK_TITLE, name=slip.signer_name),
            applicant_signer=FormSigner(title="Người nộp hồ sơ", name=slip.applicant_name),
            procedure_code=code,
            legal_basis=str(slip.contents.get("legal_basis") or ""),
            survey_url=survey_of(slip, code),
        )
    )


def _applicant(slip: Slip) -> FormApplicant:
    person = slip.person
    return FormApplicant(
        name=slip.applicant_name,
        personal_id=person.personal_id if person else "",
        address=slip.applicant_address,
        phone=slip.phone,
        email=person.email if person else "",
    )


_DRAWN: Mapping[str, Callable[[Slip], bytes]] = {
    FormKind.SUPPLEMENT_REQUEST: _guidance,
    FormKind.REFUSAL: _refusal,
}
