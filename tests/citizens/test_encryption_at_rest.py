"""What lies on the disk: no plain identifier in any column of people, their history or elsewhere in the row."""

from __future__ import annotations

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, transaction
from simple_history.utils import bulk_create_with_history

from haddong_portal.citizens.models import Person
from haddong_portal.common import clock
from haddong_portal.common.crypto.blind_index import blind_index

NUMBER, OLD_NUMBER, PHONE = "001090123411", "012345679", "0912345678"
SECRETS = (NUMBER, OLD_NUMBER, PHONE, "phố Lụa", "thu@example.vn")
TABLES = (Person._meta.db_table, Person.history.model._meta.db_table)

pytestmark = pytest.mark.django_db


def person(**changes: str) -> Person:
    now = clock.now()
    values = {
        "full_name": "Nguyễn Văn Thử",
        "personal_id": NUMBER,
        "old_id": OLD_NUMBER,
        "phone": PHONE,
        "email": "thu@example.vn",
        "address": "Số 7 phố Lụa",
        **changes,
    }
    return Person(created_at=now, updated_at=now, **values)


def rows(table: str) -> list[str]:
    """Each row of the table as PostgreSQL writes it, with the bytes of bytea columns as text too."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT t::text FROM "{table}" t')
        texts = [row[0] for row in cursor.fetchall()]
        cursor.execute(f"SELECT encode(t.personal_id, 'escape') || encode(t.phone, 'escape') FROM \"{table}\" t")
        return texts + [row[0] for row in cursor.fetchall()]


def test_no_plain_text_lies_in_the_table_or_its_history() -> None:
    saved = person()
    saved.save()
    saved.phone = "0987654321"
    saved.save()
    for table in TABLES:
        found = rows(table)
        assert found and all("Nguyễn Văn Thử" in row for row in found[: len(found) // 2])
        for secret in (*SECRETS, "0987654321"):
            assert not any(secret in row or secret.encode().hex() in row for row in found)


def test_values_come_back_everywhere() -> None:
    person().save()
    found = Person.objects.only("personal_id").get(personal_id_index=blind_index(NUMBER, "personal_id"))
    assert (found.personal_id, found.address, found.full_name) == (NUMBER, "Số 7 phố Lụa", "Nguyễn Văn Thử")
    assert list(Person.objects.values_list("personal_id", "email")) == [(NUMBER, "thu@example.vn")]
    past = Person.history.get()
    assert (past.personal_id, past.personal_id_index) == (NUMBER, found.personal_id_index)


def test_history_shows_what_changed() -> None:
    saved = person()
    saved.save()
    saved.phone = "0987654321"
    saved.save()
    newest, oldest = Person.history.all()
    changed = {change.field: (change.old, change.new) for change in newest.diff_against(oldest).changes}
    assert changed["phone"] == (PHONE, "0987654321")


def test_the_index_follows_the_value() -> None:
    saved = person()
    saved.save()
    saved.personal_id = "001090999999"
    saved.save(update_fields=["personal_id", "personal_id_index"])
    assert Person.objects.get(personal_id_index=blind_index("001090999999", "personal_id")) == saved
    saved.personal_id = ""
    saved.save()
    saved.refresh_from_db()
    assert (saved.personal_id, saved.personal_id_index) == ("", None)


def test_bulk_create_fills_the_index() -> None:
    bulk_create_with_history([person(), person(personal_id="001090999999", old_id="")], Person)
    for source in (Person.objects, Person.history):
        assert source.get(personal_id_index=blind_index("001090999999", "personal_id")).personal_id == "001090999999"


def test_half_an_update_is_refused() -> None:
    saved = person()
    saved.save()
    with pytest.raises(FieldError, match="without its index"):
        saved.save(update_fields=["personal_id"])
    with pytest.raises(FieldError, match="direct update"):
        Person.objects.update(personal_id="001090999999")
    with pytest.raises(FieldError, match="direct update"):
        Person.objects.bulk_update([saved], ["personal_id"])


def test_a_column_without_index_may_be_updated_directly() -> None:
    person().save()
    Person.objects.update(address="Số 9 phố Lụa")
    assert Person.objects.get().address == "Số 9 phố Lụa"
    assert not any("Số 9" in row for row in rows(TABLES[0]))


def test_one_number_names_one_person() -> None:
    person().save()
    with pytest.raises(IntegrityError, match="person_personal_id_unique"), transaction.atomic():
        person(personal_id="001 090 123 411", old_id="", phone="").save()
    person(personal_id="").save()
    person(personal_id="").save()
    assert Person.objects.filter(personal_id_index__isnull=True).count() == 2
