"""What was typed into a draft at home, as the intake that the services read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from dossiers.constants import ApplicantKind, ChecklistState, UploadState
from dossiers.models import FilingDraft
from dossiers.rules.filers import check_organisation_filer, check_representative_filer
from dossiers.rules.papers import ChecklistAnswer, held_in
from dossiers.services.filing_draft import content_of
from dossiers.services.intake_data import IntakeData, OrganisationData, PersonData
from haddong_portal.citizens.constants import DataSource
from procedures.constants import Channel


def intake_of_draft(draft: FilingDraft) -> IntakeData:
    """The intake of a draft with its papers. Raises as `intake_of`."""
    filed = set(draft.papers.exclude(state=UploadState.REFUSED).values_list("requirement_id", flat=True))
    return intake_of(content_of(draft), procedure_id=draft.procedure_id, phone=draft.phone, filed=filed)


def intake_of(
    content: Mapping[str, str], *, procedure_id: int, phone: str, filed: Collection[int | None]
) -> IntakeData:
    """The intake of a form's words and of the components that have a file. Raises what `rules.filers` does."""
    by_organisation = is_organisation(content)
    return IntakeData(
        procedure_id=procedure_id,
        case_id=int(content.get("case_id", "0")),
        person=None if by_organisation else _person(content),
        organisation=_organisation(content) if by_organisation else None,
        phone=phone,
        email=content.get("email", ""),
        representative=_signer(content) if by_organisation else _representative(content),
        representative_relation=content.get("signer_authority" if by_organisation else "representative_relation", ""),
        checklist=_answers({pk for pk in filed if pk}, content),
        channel=Channel.ONLINE,
        delivery=content.get("delivery", "desk"),
        delivery_address=content.get("delivery_address", ""),
        request_note=content.get("request_note", ""),
        confirmed_duplicate=True,  # only the desk may know of others
    )


def _answers(filed: set[int], content: Mapping[str, str]) -> tuple[ChecklistAnswer, ...]:
    """What was uploaded, and papers of the applicant's store for components without a file."""
    uploaded = [ChecklistAnswer(pk, "", ChecklistState.ELECTRONIC, 0, 1) for pk in sorted(filed)]
    held = [
        ChecklistAnswer(pk, "", ChecklistState.ELECTRONIC, paper=paper)
        for pk, paper in sorted(held_in(content).items())
        if pk not in filed
    ]
    return (*uploaded, *held)


def is_organisation(content: Mapping[str, str]) -> bool:
    """Whether an organisation asks, not a person."""
    return content.get("applicant_kind") == ApplicantKind.ORGANISATION


def _person(content: Mapping[str, str]) -> PersonData:
    birth, year = content.get("birth_date", ""), content.get("birth_year", "")
    return PersonData(
        full_name=content.get("full_name", ""),
        personal_id=content.get("personal_id", ""),
        birth_date=date.fromisoformat(birth) if birth else None,
        birth_year=int(year) if year else None,
        sex=content.get("sex", ""),
        address=content.get("address", ""),
        source=DataSource.ONLINE,
    )


def _organisation(content: Mapping[str, str]) -> OrganisationData:
    tax_code = content.get("tax_code", "")
    check_organisation_filer(
        tax_code=tax_code,
        signer_name=content.get("signer_name", ""),
        signer_id=content.get("signer_personal_id", ""),
    )
    return OrganisationData(
        name=content.get("organisation_name", ""), tax_code=tax_code, address=content.get("organisation_address", "")
    )


def _signer(content: Mapping[str, str]) -> PersonData:
    return _other(content, "signer_name", "signer_personal_id")


def _representative(content: Mapping[str, str]) -> PersonData | None:
    if not content.get("by_representative"):
        return None
    check_representative_filer(
        name=content.get("representative_name", ""), number=content.get("representative_personal_id", "")
    )
    return _other(content, "representative_name", "representative_personal_id")


def _other(content: Mapping[str, str], name: str, number: str) -> PersonData:
    return PersonData(full_name=content.get(name, ""), personal_id=content.get(number, ""), source=DataSource.ONLINE)
