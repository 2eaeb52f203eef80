"""The person a case is about, once a register has given their number: found or written down, never merged by guess.

A number that is on file under another name links nobody: that is left to `decide_identity`, a human decision on record.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from haddong_portal.citizens.constants import DataSource
from haddong_portal.citizens.services.find_or_create_person import PersonData, checked_person, find_or_create_person
from haddong_portal.common.errors import DomainError
from interlink.constants import CaseEventKind
from interlink.selectors.case_view import facts_of
from interlink.services.locking import LockedCase
from interlink.services.recording import record_case_event

PERSONAL_ID = "personal_id"
_SECTIONS = ("child", "deceased")


def know_subject(locked: LockedCase) -> None:
    """Sets `subject_person` of the case (saved by the act) when the number is known and nobody contradicts it."""
    if locked.case.subject_person_id is not None:
        return
    data = _subject(locked)
    if data is None:
        return
    try:
        person, _ = find_or_create_person(data=checked_person(data), now=locked.now)
    except DomainError as refusal:
        record_case_event(
            case=locked.case,
            kind=CaseEventKind.IDENTITY_DOUBTED,
            actor=locked.actor,
            at=locked.now,
            note=refusal.message,
            data={"code": refusal.code},
        )
        return
    locked.case.subject_person = person


def _subject(locked: LockedCase) -> PersonData | None:
    fields = locked.declared.fields
    for section in _SECTIONS:
        name = fields.get(f"{section}.full_name", "")
        number = fields.get(f"{section}.{PERSONAL_ID}", "") or _issued_number(locked)
        if name and number:
            return _person(fields, section, name, number)
    return None


def _issued_number(locked: LockedCase) -> str:
    return next((value for leg in locked.legs.values() if (value := facts_of(leg).get(PERSONAL_ID, ""))), "")


def _person(fields: Mapping[str, str], section: str, name: str, number: str) -> PersonData:
    born = fields.get(f"{section}.birth_date", "")
    return PersonData(
        full_name=name,
        personal_id=number,
        birth_date=date.fromisoformat(born) if born else None,
        source=DataSource.TYPED,
    )
