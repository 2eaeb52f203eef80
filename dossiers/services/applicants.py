"""Who files, and for whom: find or write down the person, the organisation and the representative of an intake."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from dossiers.services.intake_data import IntakeData
from haddong_portal.citizens.constants import DataSource
from haddong_portal.citizens.services.find_or_create_organisation import (
    checked_organisation,
    find_or_create_organisation,
)
from haddong_portal.citizens.services.find_or_create_person import PersonData, checked_person, find_or_create_person
from haddong_portal.common.errors import DomainError
from haddong_portal.common.identifiers.phones import normalise_phone


@dataclass(frozen=True, slots=True)
class Applicant:
    """The applicant as the dossier keeps them. `is_new` = never seen before, so no other dossier can be theirs."""

    name: str
    address: str
    phone: str
    email: str
    is_new: bool
    person_id: int | None = None
    organisation_id: int | None = None
    representative_id: int | None = None


def settle_applicant(*, intake: IntakeData, now: datetime) -> Applicant:
    """Check and store the people of an intake. Raises DomainError naming the field at fault."""
    phone = normalise_phone(intake.phone) if intake.phone.strip() else ""
    email = intake.email.strip()
    representative = _representative(intake, now)
    if intake.person is not None:
        return _person(intake.person, representative, phone, email, now)
    return _organisation(intake, representative, phone, email, now)


def _person(data: PersonData, representative: int | None, phone: str, email: str, now: datetime) -> Applicant:
    """The contact left at the counter is the applicant's own unless somebody else files."""
    if not data.personal_id.strip():
        raise DomainError("person.id_missing", "Chưa có số định danh cá nhân của người nộp.", "personal_id")
    # An unproven claim from home changes nobody's contact, and learns nothing that is on file.
    unproven = data.source == DataSource.ONLINE
    own = representative is None and not unproven
    checked = checked_person(
        replace(data, phone=data.phone or (phone if own else ""), email=data.email or (email if own else ""))
    )
    person, is_new = find_or_create_person(data=checked, now=now)
    return Applicant(
        name=checked.full_name,
        address=checked.address or ("" if unproven else person.address),
        phone=phone or ("" if unproven else person.phone),
        email=email or ("" if unproven else person.email),
        is_new=is_new,
        person_id=person.pk,
        representative_id=representative,
    )


def _organisation(intake: IntakeData, representative: int | None, phone: str, email: str, now: datetime) -> Applicant:
    assert intake.organisation is not None, "checked by prepare_intake"
    checked = checked_organisation(intake.organisation)
    organisation, is_new = find_or_create_organisation(data=checked, now=now)
    signer = intake.representative
    unproven = signer is not None and signer.source == DataSource.ONLINE
    return Applicant(
        name=checked.name,
        address=checked.address or ("" if unproven else organisation.address),
        phone=phone or ("" if unproven else organisation.phone),
        email=email or ("" if unproven else organisation.email),
        is_new=is_new,
        organisation_id=organisation.pk,
        representative_id=representative,
    )


def _representative(intake: IntakeData, now: datetime) -> int | None:
    if intake.representative is None:
        return None
    try:
        checked = checked_person(intake.representative)
        return find_or_create_person(data=checked, now=now)[0].pk
    except DomainError as error:
        field = f"representative_{error.field}" if error.field else "representative_name"
        field = {"representative_full_name": "representative_name"}.get(field, field)
        who = "Người đại diện" if intake.organisation else "Người nộp thay"
        raise DomainError(error.code, f"{who}: {error.message}", field, status=error.status) from error
