"""What every slip prints from its row: head, signer, the papers it asks for, its reasons."""

from __future__ import annotations

from django.conf import settings

from dossiers.constants import FormKind
from dossiers.documents.parts import FormHead, FormSigner
from dossiers.documents.supplement_slip import SupplementLine
from dossiers.models import Dossier, Slip
from dossiers.rules.forms import form_of
from dossiers.selectors.form_subjects import subject_of_slip

# Who signs forms 02 and 03 of the desk, in the words of the forms (TT 01/2018), whatever their post is called.
GUIDE_TITLE, CLERK_TITLE = "Người hướng dẫn", "Người tiếp nhận hồ sơ"


def form_head(slip: Slip, *, by_desk: bool = False) -> FormHead:
    """The common head, with form and suffix of the slip's own rule-set; needs `unit__parent` and `ruleset`.

    `by_desk`: the one-stop desk issues it, as it does receipts and whatever comes before intake (TT01-2018-D9).
    """
    form = form_of(slip.ruleset.forms, FormKind(slip.form_kind), subject_of_slip(slip))
    unit = slip.unit
    return FormHead(
        superior_name=unit.parent.name if unit.parent else settings.PORTAL_SUPERIOR_NAME,
        body_name=(unit.desk_name or unit.name) if by_desk else unit.name,
        form_name=form.name,
        form_no=form.number,
        number=f"{slip.number:02d}",
        number_suffix=form.suffix,
        place=settings.PORTAL_PLACE,
        issued_at=slip.issued_at,
    )


def form_signer(slip: Slip) -> FormSigner:
    """Who signed, as it stood then."""
    return FormSigner(title=slip.signer_title, name=slip.signer_name)


def applicant_number(dossier: Dossier) -> str:
    """The number an applicant is known by: personal ID, or an organisation's tax code ("" when none is known)."""
    if dossier.organisation is not None:
        return dossier.organisation.tax_code
    return dossier.person.personal_id if dossier.person else ""


def asked_lines(slip: Slip) -> tuple[SupplementLine, ...]:
    """The papers a slip asks for, each with its fault and what to mend."""
    return tuple(
        SupplementLine(
            name=line.name,
            original_count=line.originals,
            certified_count=line.certified,
            copy_count=line.copies,
            reason=f"{line.get_fault_display()}{f': {line.note}' if line.note else ''}",
        )
        for line in slip.lines.all()
    )


def reason_lines(slip: Slip) -> tuple[str, ...]:
    """One reason a line, as typed."""
    return tuple(line for line in slip.reason.splitlines() if line.strip())
