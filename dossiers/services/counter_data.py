"""Who stands at the counter without a dossier coming of it, as typed values; `settle_visitor` finds or notes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dossiers.rules.papers import ChecklistAnswer
from dossiers.services.intake_data import PersonData
from dossiers.services.issue_slip import LineData
from haddong_portal.citizens.models import Person
from haddong_portal.citizens.services.find_or_create_person import checked_person, find_or_create_person

KEY_LENGTH_MAX = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceData:
    """What the applicant is told to complete. `checklist` says what was brought; `again` why a second time."""

    procedure_id: int
    case_id: int
    lines: Sequence[LineData]
    checklist: Sequence[ChecklistAnswer] = ()
    reason: str = ""
    again: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeRefusalData:
    """Why nothing is taken in. `request` says what was asked for when no published procedure fits."""

    reason: str
    request: str = ""
    legal_basis: str = ""
    procedure_id: int | None = None
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Visitor:
    """The person a slip is for. `person_id` is None for who showed no number: nothing can be found of them later."""

    name: str
    address: str
    phone: str
    person_id: int | None


def settle_visitor(person: PersonData, *, now: datetime) -> Visitor:
    """Check and store the person, and lock them, so that two desks' clerks guide one after the other.

    Raises DomainError naming the field at fault; Conflict person.name_differs.
    """
    checked = checked_person(person)
    if not checked.personal_id:
        return Visitor(checked.full_name, checked.address, checked.phone, None)
    found, is_new = find_or_create_person(data=checked, now=now)
    if not is_new:
        Person.objects.select_for_update(no_key=True).only("pk").get(pk=found.pk)
    return Visitor(checked.full_name, checked.address or found.address, checked.phone or found.phone, found.pk)
