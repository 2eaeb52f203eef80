"""Between the filing API's shapes and the services' values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from rest_framework.request import Request

from dossiers.api.filing_shapes import FiledOut, FilingIn, FilingOut, PapersIn
from dossiers.constants import NATIONAL_CODES, ApplicantKind, Status
from dossiers.selectors.api_intake import current_case
from dossiers.selectors.links import tracking_url
from dossiers.selectors.own_page import OwnPage
from dossiers.services.filing_data import PaperUpload, SubmittedDossier, SystemFiling
from haddong_portal.accounts.selectors.units import unit_by_key
from haddong_portal.common.errors import DomainError

APPLICATION_MAX_CHARS = 100_000
_COLUMNS = (
    "code",
    "status",
    "row_version",
    "submitted_at",
    "check_due_at",
    "accepted_at",
    "due_at",
    "finished_at",
    "returned_at",
    "closed_at",
    "stop_reason",
)


def filing_in(request: Request) -> tuple[SystemFiling, list[PaperUpload]]:
    """The application and its papers; a ValidationError or DomainError names what is wrong with the body."""
    body = _body(request)
    shape = FilingIn(data={"application": _application(body), **_parts(body)})
    shape.is_valid(raise_exception=True)
    return _filing(shape.validated_data["application"]), _papers(shape.validated_data)


def papers_in(request: Request) -> list[PaperUpload]:
    """Only papers."""
    shape = PapersIn(data=_parts(_body(request)))
    shape.is_valid(raise_exception=True)
    return _papers(shape.validated_data)


def _body(request: Request) -> QueryDict:
    """The parts; an empty body has none."""
    return request.data if isinstance(request.data, QueryDict) else QueryDict()


def _application(body: QueryDict) -> Any:
    text: Any = body.get("application", "")
    if not isinstance(text, str):  # sent as a file of type application/json
        text = text.read(APPLICATION_MAX_CHARS).decode("utf-8", "replace")
    try:
        return json.loads(text[:APPLICATION_MAX_CHARS])
    except (ValueError, RecursionError):  # not JSON, or a number of thousands of digits
        raise DomainError("api.bad_json", "Phần “application” phải là JSON.", "application") from None


def _parts(body: QueryDict) -> dict[str, Any]:
    return {name: body.getlist(name) for name in ("requirement_ids", "files")}


def _papers(data: Mapping[str, Any]) -> list[PaperUpload]:
    ids, files = data["requirement_ids"], data["files"]
    if len(ids) != len(files):
        raise DomainError(
            "filing.papers_unpaired", "Mỗi tệp phải có đúng một số thành phần trong “requirement_ids”.", "files"
        )
    return [PaperUpload(number, file) for number, file in zip(ids, files, strict=True)]


def _filing(data: Mapping[str, Any]) -> SystemFiling:
    if bool(data["person"]) == bool(data["organisation"]):
        raise DomainError("dossier.one_applicant", "Người nộp là một cá nhân hoặc một tổ chức.", "person")
    _, case_id = current_case(
        procedure_code=data["procedure_code"], case_id=data["case_id"], case_code=data["case_code"]
    )
    applicant = _person_words(data) if data["person"] else _organisation_words(data)
    shared = {name: data[name] for name in ("email", "delivery", "delivery_address", "request_note")}
    return SystemFiling(
        procedure_code=data["procedure_code"],
        unit_id=unit_by_key(data["unit"]).pk,
        phone=data["phone"],
        phone_confirmed_at=data["phone_confirmed_at"],
        content={"case_id": str(case_id), **applicant, **shared},
    )


def _person_words(data: Mapping[str, Any]) -> dict[str, str]:
    person, other = data["person"], data["representative"]
    birth_date, birth_year = person["birth_date"], person["birth_year"]
    words = {name: person[name] for name in ("full_name", "personal_id", "sex", "address")}
    words |= {"birth_date": birth_date.isoformat() if birth_date else "", "birth_year": str(birth_year or "")}
    words |= {"applicant_kind": ApplicantKind.PERSON.value}
    if other is None:
        return words
    return words | {
        "by_representative": "on",
        "representative_name": other["full_name"],
        "representative_personal_id": other["personal_id"],
        "representative_relation": other["authority"],
    }


def _organisation_words(data: Mapping[str, Any]) -> dict[str, str]:
    organisation, signer = data["organisation"], data["representative"] or {}
    return {
        "applicant_kind": ApplicantKind.ORGANISATION.value,
        "organisation_name": organisation["name"],
        "tax_code": organisation["tax_code"],
        "organisation_address": organisation["address"],
        "signer_name": signer.get("full_name", ""),
        "signer_personal_id": signer.get("personal_id", ""),
        "signer_authority": signer.get("authority", ""),
    }


def filed_body(filed: SubmittedDossier) -> Any:
    """The answer to a filing."""
    told = {"code": filed.code, "check_due_at": filed.check_due_at, "tracking_url": tracking_url(filed.code)}
    return FiledOut(told).data


def filing_body(page: OwnPage) -> Any:
    """A filing as its sender reads it: what the applicant's own page shows."""
    dossier = page.dossier
    return FilingOut(
        {
            **{name: getattr(dossier, name) for name in _COLUMNS},
            "status_label": Status(dossier.status).label,
            "national_status": NATIONAL_CODES[dossier.status],
            "explanation": dossier.due_explanation,
            "asked": _asked(page),
            "may_withdraw": page.may_withdraw or page.may_take_back,
            "slips": page.slips,
            "tracking_url": tracking_url(dossier.code),
        }
    ).data


def _asked(page: OwnPage) -> dict[str, Any] | None:
    if not page.waits_for_papers or page.asked.slip is None:
        return None
    given = {paper.requirement_id for paper in page.asked.given}
    lines = page.asked.lines
    for line in lines:
        line.given = line.requirement_id in given  # type: ignore[attr-defined]  # read by the shape
    return {"reason": page.asked.slip.reason, "until": page.dossier.supplement_until, "lines": lines}
