"""What a correction on a dossier does to the record of its applicant: corrected, another one taken, or left alone.

Helpers of `correct_mistake`, in its transaction. Each returns a sentence for the story, without personal data.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from dossiers.models import Dossier
from dossiers.papers.constants import OwnerRef
from dossiers.papers.services.follow_owner import follow_owner
from dossiers.selectors.matters import reference_of
from dossiers.selectors.people import stands_alone
from haddong_portal.citizens.constants import DataSource
from haddong_portal.citizens.models import Person
from haddong_portal.citizens.services.correct_person import correct_person
from haddong_portal.citizens.services.find_or_create_person import PersonData, checked_person, find_or_create_person
from haddong_portal.common.actors import Actor
from haddong_portal.common.crypto.blind_index import blind_index
from haddong_portal.common.errors import Conflict, DomainError

CORRECTED, TAKEN = "Đã sửa cả dữ liệu người dân.", "Hồ sơ nay gắn với người có số định danh đúng; không gộp dữ liệu."


def applicant_person(dossier: Dossier) -> Person:
    """The applicant's record; DomainError correction.no_person for an organisation's dossier."""
    if dossier.person is None:
        raise DomainError(
            "correction.no_person", "Người nộp là tổ chức nên không có dữ liệu người dân để sửa.", "target"
        )
    return dossier.person


def correct_name(dossier: Dossier, *, actor: Actor, reason: str, now: datetime) -> str:
    """The record takes the dossier's corrected name. Raises Conflict person.from_card."""
    person = applicant_person(dossier)
    correct_person(person_id=person.pk, full_name=dossier.applicant_name, actor=actor, reason=reason, now=now)
    return CORRECTED


def correct_number(dossier: Dossier, number: str, *, actor: Actor, reason: str, now: datetime) -> str:
    """The dossier becomes that of `number`, already checked; the caller saves `dossier.person`.

    A record that only this dossier rests on is corrected. Otherwise it belongs to whoever else it names: the dossier
    goes to the person of the number, found under the same name or written down, and its scans in work go along. Raises
    Conflict person.name_differs.
    """
    person, known = applicant_person(dossier), _known(number)
    if known is None and person.source != DataSource.CARD and stands_alone(person, dossier):
        dossier.person = correct_person(person_id=person.pk, personal_id=number, actor=actor, reason=reason, now=now)
        return CORRECTED
    data = checked_person(
        PersonData(full_name=dossier.applicant_name, personal_id=number, address=dossier.applicant_address)
    )
    try:
        with transaction.atomic():
            dossier.person, _ = find_or_create_person(data=data, now=now)
    except IntegrityError:
        raise Conflict("person.number_taken", "Số định danh này vừa được ghi nhận ở nơi khác. Xin làm lại.") from None
    follow_owner(reference=reference_of(dossier.code), owner=OwnerRef(person_id=dossier.person.pk))
    return TAKEN


def _known(number: str) -> Person | None:
    return Person.objects.filter(personal_id_index=blind_index(number, "personal_id")).first()
