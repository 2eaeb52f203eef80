"""Correct a name or number in the record of a person, with its history; two people are never made one.

Staff who correct a dossier of theirs, as part of that act, in its transaction. What came from the identity card is
the register's own word and is corrected by scanning the card again. Writes the person, one history row, one audit row.
"""

from __future__ import annotations

from datetime import datetime

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.citizens.constants import DataSource
from haddong_portal.citizens.models import Person
from haddong_portal.citizens.services.find_or_create_person import PersonData, checked_person
from haddong_portal.common.actors import Actor
from haddong_portal.common.crypto.blind_index import blind_index
from haddong_portal.common.errors import Conflict
from haddong_portal.common.text import fold, person_sort_key

REASON_MAX = 100  # what a history row holds


def correct_person(
    *, person_id: int, full_name: str = "", personal_id: str = "", actor: Actor, reason: str, now: datetime
) -> Person:
    """The corrected person; an empty word stays as it is.

    Raises Conflict person.from_card, Conflict person.number_taken, and what `checked_person` does.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=person_id)
    if person.source == DataSource.CARD:
        raise Conflict(
            "person.from_card",
            "Dữ liệu người dân này lấy từ thẻ căn cước nên không sửa theo hồ sơ. Xin quét lại thẻ, hoặc chỉ sửa trên "
            "hồ sơ.",
            "also_record",
        )
    data = checked_person(
        PersonData(full_name=full_name or person.full_name, personal_id=personal_id or person.personal_id)
    )
    _refuse_taken(person, data.personal_id)
    person.full_name, person.personal_id = data.full_name, data.personal_id
    person.full_name_folded, person.full_name_sort = fold(data.full_name), person_sort_key(data.full_name)
    person.updated_at = now
    person._change_reason = f"đính chính: {reason}"[:REASON_MAX]  # type: ignore[attr-defined]  # read by the history
    names = ["full_name", "full_name_folded", "full_name_sort", "personal_id", "personal_id_index", "updated_at"]
    person.save(update_fields=names)
    record_access(
        actor=actor,
        action="person.correct",
        object_type="person",
        object_id=person.pk,
        person_id=person.pk,
        purpose=reason[:200],
        now=now,
    )
    return person


def _refuse_taken(person: Person, personal_id: str) -> None:
    index = blind_index(personal_id, "personal_id")
    if index and Person.objects.filter(personal_id_index=index).exclude(pk=person.pk).exists():
        raise Conflict("person.number_taken", "Số định danh này đã ghi nhận cho người khác.", "new_value")
