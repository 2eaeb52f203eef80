"""Find the person of a personal ID number, or write them down.

Clerks and connected systems, as part of an act of theirs, in its transaction. A card brings the register's own
words, so it corrects what is stored; typed data only fills what was empty. A number that is known under another
name is refused: a mistyped digit must not open somebody else's file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from haddong_portal.citizens.constants import DataSource
from haddong_portal.citizens.models import Person
from haddong_portal.common.crypto.blind_index import blind_index
from haddong_portal.common.errors import Conflict, DomainError
from haddong_portal.common.history import insert_with_history
from haddong_portal.common.identifiers.old_id import check_old_id
from haddong_portal.common.identifiers.personal_id import check_personal_id
from haddong_portal.common.identifiers.phones import normalise_phone
from haddong_portal.common.prepared import PreparedModels
from haddong_portal.common.text import clean_text, fold, person_sort_key

NAME_LENGTH_MAX = 120


@dataclass(frozen=True, slots=True)
class PersonData:
    """A person as scanned from a card, typed by a clerk or sent by another system."""

    full_name: str
    personal_id: str = ""
    old_id: str = ""
    birth_date: date | None = None
    birth_year: int | None = None
    sex: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    id_issued_on: date | None = None
    source: str = field(default=DataSource.TYPED)


def checked_person(data: PersonData) -> PersonData:
    """The same data cleaned: NFC name, twelve digits, phone as stored. Raises DomainError naming the field."""
    name = clean_text(data.full_name)
    if not name or len(name) > NAME_LENGTH_MAX:
        raise DomainError("person.name_missing", "Chưa có họ và tên (nhiều nhất 120 ký tự).", "full_name")
    year = data.birth_date.year if data.birth_date else data.birth_year
    return PersonData(
        full_name=name,
        personal_id=check_personal_id(data.personal_id).number if data.personal_id.strip() else "",
        old_id=check_old_id(data.old_id) if data.old_id.strip() else "",
        birth_date=data.birth_date,
        birth_year=year,
        sex=data.sex,
        address=clean_text(data.address),
        phone=normalise_phone(data.phone) if data.phone.strip() else "",
        email=data.email.strip(),
        id_issued_on=data.id_issued_on,
        source=data.source,
    )


_known = PreparedModels(lambda index: Person.objects.filter(personal_id_index=index), index="?personal_id_index")


def find_or_create_person(*, data: PersonData, now: datetime) -> tuple[Person, bool]:
    """The person of `data` (already `checked_person`), brought up to date, and whether they are new.

    Raises Conflict `person.name_differs`. Two requests may create the same number at once: the second fails with the
    constraint `person_personal_id_unique`, and its act is to be tried again from the start.
    """
    index = blind_index(data.personal_id, "personal_id")
    person = next(iter(_known(index=index)), None) if index else None
    if person is None:
        return _create(data, now), True
    if data.source != DataSource.CARD and fold(person.full_name) != fold(data.full_name):
        raise Conflict(
            "person.name_differs",
            "Số định danh này đã ghi nhận với họ tên khác. Xin kiểm tra lại số, hoặc quét thẻ căn cước.",
            "full_name",
        )
    if data.source != DataSource.ONLINE:  # nobody has seen whoever typed it
        _bring_up_to_date(person, data, now)
    return person, False


def _create(data: PersonData, now: datetime) -> Person:
    person = Person(
        **{name: getattr(data, name) for name in (*_WORDS, "source")},
        full_name_folded=fold(data.full_name),
        full_name_sort=person_sort_key(data.full_name),
        created_at=now,
        updated_at=now,
    )
    insert_with_history(person)
    return person


_WORDS = (
    "full_name",
    "personal_id",
    "old_id",
    "birth_date",
    "birth_year",
    "sex",
    "address",
    "phone",
    "email",
    "id_issued_on",
)
_INDEX_OF = {"personal_id": "personal_id_index", "old_id": "old_id_index", "phone": "phone_index"}
# How to reach a person changes often; the last word counts, whoever typed it.
_LAST_WORD_COUNTS = frozenset({"phone", "email"})


def _bring_up_to_date(person: Person, data: PersonData, now: datetime) -> None:
    changed = [name for name in _WORDS if _replaces(name, getattr(person, name), getattr(data, name), data.source)]
    if not changed:
        return
    for name in changed:
        setattr(person, name, getattr(data, name))
    fields = [*changed, *(_INDEX_OF[name] for name in changed if name in _INDEX_OF)]
    if "full_name" in changed:
        person.full_name_folded = fold(person.full_name)
        person.full_name_sort = person_sort_key(person.full_name)
        fields += ["full_name_folded", "full_name_sort"]
    person.updated_at = now
    person.save(update_fields=[*fields, "updated_at"])


def _replaces(name: str, stored: object, given: object, source: str) -> bool:
    if not given or given == stored:
        return False
    return not stored or source == DataSource.CARD or name in _LAST_WORD_COUNTS
