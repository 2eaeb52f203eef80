"""Between the API's shapes and the services' values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dossiers.api.serializers import DossierOut, ReceivedOut
from dossiers.constants import NATIONAL_CODES, ChecklistState, Status
from dossiers.selectors.api_intake import current_case
from dossiers.selectors.dossier_page import DossierPage
from dossiers.selectors.links import tracking_url
from dossiers.services.intake_data import ChecklistAnswer, IntakeData, OrganisationData, PersonData, ReceivedDossier
from haddong_portal.citizens.constants import DataSource, LookUpData

_COLUMNS = (
    "code",
    "status",
    "row_version",
    "procedure_name",
    "accepted_at",
    "due_at",
    "finished_at",
    "returned_at",
    "fee_vnd",
    "duty_vnd",
)


def intake_of(data: Mapping[str, Any]) -> IntakeData:
    """The intake of a validated body; DomainError dossier.case_not_current."""
    rest = dict(data)
    procedure_id, case_id = current_case(
        procedure_code=rest.pop("procedure_code"), case_id=rest.pop("case_id"), case_code=rest.pop("case_code")
    )
    organisation = rest.pop("organisation")
    answers = checklist_of_body(rest.pop("checklist"), rest.pop("papers"), rest.pop("look_ups"))
    return IntakeData(
        **{
            **rest,
            "procedure_id": procedure_id,
            "case_id": case_id,
            "person": _person(rest["person"]),
            "representative": _person(rest["representative"]),
            "organisation": OrganisationData(**organisation) if organisation else None,
            "checklist": tuple(answers),
        }
    )


def checklist_of_body(
    checklist: Sequence[Mapping[str, Any]], papers: Sequence[Mapping[str, Any]], look_ups: Sequence[Mapping[str, Any]]
) -> list[ChecklistAnswer]:
    """One answer per component. A paper of the store or a look-up answers its component; on one that `checklist` names
    too it is added there, so that what contradicts itself is refused by the same rule as at the counter."""
    answers = [ChecklistAnswer(**paper) for paper in checklist]
    for paper in papers:
        _add(answers, paper["requirement_id"], ChecklistState.ELECTRONIC, paper=paper["paper_id"])
    for found in look_ups:
        data = LookUpData(found["method"], found["reason"], found["note"], found["shown"])
        _add(answers, found["requirement_id"], ChecklistState.WAIVED, look_up=data)
    return answers


def _add(answers: list[ChecklistAnswer], requirement_id: int, state: str, **values: Any) -> None:
    at = next((place for place, one in enumerate(answers) if one.requirement_id == requirement_id), None)
    if at is None:
        answers.append(ChecklistAnswer(requirement_id, state=state, **values))
    else:
        answers[at] = replace(answers[at], **values)


def _person(data: Mapping[str, Any] | None) -> PersonData | None:
    return PersonData(**data, source=DataSource.API) if data else None


def received_body(received: ReceivedDossier) -> Any:
    """The answer to an intake, the same for a repeated one."""
    return ReceivedOut(
        {
            "code": received.code,
            "due_at": received.due_at,
            "explanation": received.explanation,
            "tracking_url": tracking_url(received.code),
        }
    ).data


def dossier_body(page: DossierPage) -> Any:
    """A dossier as the API tells it."""
    dossier = page.dossier
    return DossierOut(
        {
            **{name: getattr(dossier, name) for name in _COLUMNS},
            "status_label": Status(dossier.status).label,
            "national_status": NATIONAL_CODES[dossier.status],
            "applicant": {"name": dossier.applicant_name, "personal_id": page.personal_id, "phone": page.phone},
            "receiving_unit": dossier.receiving_unit.short_name,
            "owner_unit": page.owner_unit_name,
            "explanation": dossier.due_explanation,
            "steps": page.steps,
        }
    ).data
