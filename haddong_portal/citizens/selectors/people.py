"""Look up a person by number. Every look-up that shows a person leaves an audit row."""

from __future__ import annotations

from datetime import datetime

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.citizens.models import Person
from haddong_portal.common.actors import Actor
from haddong_portal.common.crypto.blind_index import blind_index
from haddong_portal.common.dates import short_date
from haddong_portal.common.errors import DomainError
from haddong_portal.common.identifiers.personal_id import check_personal_id

INTAKE_PURPOSE = "tiếp nhận hồ sơ"


def person_by_personal_id(*, actor: Actor, number: str, purpose: str, now: datetime | None = None) -> Person | None:
    """The person of a number as typed, None when unknown; DomainError for a number that cannot be one.

    Found or not, a staff member's look-up is recorded with its purpose.
    """
    checked = check_personal_id(number).number
    person = Person.objects.filter(personal_id_index=blind_index(checked, "personal_id")).first()
    record_access(
        actor=actor,
        action="person.read",
        object_type="person",
        object_id=person.pk if person else "",
        person_id=person.pk if person else None,
        purpose=purpose,
        now=now,
    )
    return person


def person_id_of(number: str) -> int | None:
    """The primary key of the person of a number, None when unknown or malformed; shows nothing of the person."""
    try:
        index = blind_index(check_personal_id(number).number, "personal_id")
    except DomainError:
        return None
    return Person.objects.filter(personal_id_index=index).values_list("pk", flat=True).first()


def person_for_intake(*, actor: Actor, personal_id: str) -> dict[str, str]:
    """What the administration holds of a person, under the names of the intake form; the number alone if unknown."""
    person = person_by_personal_id(actor=actor, number=personal_id, purpose=INTAKE_PURPOSE)
    if person is None:
        return {"personal_id": check_personal_id(personal_id).number}
    return {
        "full_name": person.full_name,
        "personal_id": person.personal_id,
        "old_id": person.old_id,
        "birth": _birth(person),
        "sex": person.sex,
        "address": person.address,
        "phone": person.phone,
        "email": person.email,
        "id_issued_on": person.id_issued_on.isoformat() if person.id_issued_on else "",
    }


def _birth(person: Person) -> str:
    if person.birth_date:
        return short_date(person.birth_date)
    return str(person.birth_year or "")
