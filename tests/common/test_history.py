"""A row inserted with its history: the same record as a plain save leaves."""

from __future__ import annotations

from typing import Any

import pytest

from haddong_portal.citizens.models import Person
from haddong_portal.common import clock
from haddong_portal.common.crypto.blind_index import blind_index
from haddong_portal.common.history import insert_with_history
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
IDENTIFIER = "001190000017"


def person(**more: Any) -> Person:
    now = clock.now()
    return Person(
        full_name="Nguyễn Thị Hạnh", phone="0912345678", birth_year=1990, created_at=now, updated_at=now, **more
    )


def told(record: Any) -> dict[str, Any]:
    skipped = {"history_id", "history_date", "id", "_state", "_prefetched_objects_cache"}
    return {name: value for name, value in vars(record).items() if name not in skipped}


def test_the_record_is_the_one_a_save_leaves() -> None:
    inserted, saved = person(), person()
    insert_with_history(inserted)
    saved.save(force_insert=True)
    saved.created_at = saved.updated_at = inserted.created_at
    ours, theirs = inserted.history.get(), saved.history.get()
    differing = {name for name, value in told(ours).items() if value != told(theirs)[name]}
    assert differing <= {"created_at", "updated_at"}
    assert ours.id == inserted.pk
    assert ours.history_type == "+"


def test_identifiers_are_sealed_and_findable_in_both() -> None:
    one = person(personal_id=IDENTIFIER)
    insert_with_history(one)
    index = blind_index(IDENTIFIER, "personal_id")
    assert Person.objects.get(personal_id_index=index) == one
    assert one.history.get(personal_id_index=index).personal_id == IDENTIFIER


def test_whoever_is_named_as_the_author_stands_in_the_record() -> None:
    one, author = person(), UserFactory()
    one._history_user = author
    insert_with_history(one)
    assert one.history.get().history_user == author
