"""From the intake form's types to the service's intake data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dossiers.constants import ChecklistState
from dossiers.forms.intake import IntakeForm, PaperLineForm
from dossiers.forms.paper_choices import paper_choices
from dossiers.services.intake_data import ChecklistAnswer, IntakeData, PersonData
from haddong_portal.citizens.constants import DataSource
from procedures.models import PaperRequirement
from procedures.selectors.intake import FiledCase


def paper_forms(
    requirements: Sequence[PaperRequirement], content: dict[str, str], *, bound: bool = False
) -> list[PaperLineForm]:
    """One small form per paper, filled from the draft; the requirement hangs on each as `.requirement`."""
    return [_paper_form(requirement, content, bound) for requirement in requirements]


def _paper_form(requirement: PaperRequirement, content: dict[str, str], bound: bool) -> PaperLineForm:
    prefix = f"paper-{requirement.pk}"
    known = {name: content[f"{prefix}-{name}"] for name in PaperLineForm.base_fields if f"{prefix}-{name}" in content}
    default = {"originals": requirement.originals, "copies": requirement.copies, "state": ChecklistState.MISSING}
    return PaperLineForm(requirement, content if bound else None, prefix=prefix, initial={**default, **known})


def intake_from_form(case: FiledCase, form: IntakeForm, papers: Sequence[PaperLineForm]) -> IntakeData:
    """The whole intake for `receive_dossier`; the form and the lines are valid."""
    data = form.cleaned_data
    return IntakeData(
        procedure_id=case.procedure_id,
        case_id=case.case_id,
        person=_person(data),
        phone=data["phone"],
        email=data["email"],
        representative=_representative(data),
        representative_relation=data["representative_relation"],
        checklist=tuple(_answer(paper) for paper in papers),
        channel=data["channel"],
        delivery=data["delivery"],
        delivery_address=data["delivery_address"],
        copies=data["copies"],
        request_note=data["request_note"],
        without_receipt=data["without_receipt"],
        confirmed_duplicate=data["confirmed_duplicate"],
    )


def _person(data: dict[str, Any]) -> PersonData:
    birth_date, birth_year = data["birth"]
    return PersonData(
        full_name=data["full_name"],
        personal_id=data["personal_id"],
        old_id=data["old_id"],
        birth_date=birth_date,
        birth_year=birth_year,
        sex=data["sex"],
        address=data["address"],
        id_issued_on=data["id_issued_on"],
        source=DataSource.CARD if data["from_card"] else DataSource.TYPED,
    )


def _representative(data: dict[str, Any]) -> PersonData | None:
    if not data["by_representative"]:
        return None
    return PersonData(full_name=data["representative_name"], personal_id=data["representative_personal_id"])


def _answer(paper: PaperLineForm) -> ChecklistAnswer:
    data = paper.cleaned_data
    return ChecklistAnswer(
        requirement_id=paper.requirement.pk,
        name=paper.requirement.name,
        state=data["state"],
        originals=data["originals"] or 0,
        copies=data["copies"] or 0,
        note=data["note"],
        **paper_choices(paper.data, paper.prefix or "", data["state"]),
    )
