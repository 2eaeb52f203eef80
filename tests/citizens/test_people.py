"""Finding or writing down people, and the trace that a look-up leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from haddong_portal.audit.models import AuditEntry
from haddong_portal.citizens.constants import DataSource
from haddong_portal.citizens.models import Organisation, Person
from haddong_portal.citizens.selectors.people import person_by_personal_id, person_for_intake, person_id_of
from haddong_portal.citizens.services.find_or_create_organisation import (
    OrganisationData,
    checked_organisation,
    find_or_create_organisation,
)
from haddong_portal.citizens.services.find_or_create_person import PersonData, checked_person, find_or_create_person
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from tests.factories import MORNING

pytestmark = pytest.mark.django_db

TU = PersonData("Trần  Văn Tú", "001 090 000 001", birth_year=1990, sex="Nam", phone="+84 912 345 678")
CARD = PersonData(
    "TRẦN VĂN TÚ",
    "001090000001",
    "012345678",
    birth_date=date(1990, 7, 12),
    sex="Nam",
    address="Số 7 phố Lụa",
    id_issued_on=date(2021, 5, 1),
    source=DataSource.CARD,
)


def find(data: PersonData, minutes: int = 0) -> tuple[Person, bool]:
    return find_or_create_person(data=checked_person(data), now=MORNING + timedelta(minutes=minutes))


class TestFindOrCreatePerson:
    def test_an_unknown_number_is_written_down_clean(self) -> None:
        person, is_new = find(TU)
        assert is_new
        stored = Person.objects.get(pk=person.pk)
        assert (stored.full_name, stored.personal_id, stored.phone) == ("Trần Văn Tú", "001090000001", "0912345678")
        assert (stored.full_name_folded, stored.birth_year) == ("tran van tu", 1990)

    def test_a_known_number_is_the_same_person(self) -> None:
        first, _ = find(TU)
        second, is_new = find(replace(TU, full_name="trần văn tú", personal_id="001090000001"))
        assert (second.pk, is_new) == (first.pk, False)

    def test_typed_words_fill_gaps_and_change_nothing_else(self) -> None:
        find(TU)
        person, _ = find(replace(TU, address="Số 9 phố Huế", birth_year=1991, sex="Nữ"), 5)
        stored = Person.objects.get(pk=person.pk)
        assert (stored.address, stored.birth_year, stored.sex) == ("Số 9 phố Huế", 1990, "Nam")

    def test_the_way_to_reach_somebody_is_the_last_one_told(self) -> None:
        find(TU)
        find(replace(TU, phone="0987654321"), 5)
        assert Person.objects.get().phone == "0987654321"
        assert Person.objects.filter(phone_index=Person.objects.get().phone_index).exists()

    def test_a_card_corrects_what_is_stored(self) -> None:
        find(replace(TU, full_name="Trần Văn Tuấn"))
        find(CARD, 5)
        stored = Person.objects.get()
        assert (stored.full_name, stored.birth_date, stored.old_id) == ("TRẦN VĂN TÚ", date(1990, 7, 12), "012345678")
        assert stored.full_name_folded == "tran van tu"
        assert stored.phone == "0912345678"

    def test_nothing_new_writes_nothing(self) -> None:
        find(CARD)
        before = Person.history.count()
        find(CARD, 5)
        assert (Person.history.count(), Person.objects.get().updated_at) == (before, MORNING)

    def test_a_number_known_under_another_name_is_refused(self) -> None:
        find(TU)
        with pytest.raises(DomainError) as refusal:
            find(replace(TU, full_name="Ngô Văn Sơn"))
        assert (refusal.value.code, refusal.value.field) == ("person.name_differs", "full_name")
        assert "Trần" not in refusal.value.message

    def test_people_without_a_number_are_always_new(self) -> None:
        nobody = PersonData("Cháu bé")
        assert find(nobody)[0].pk != find(nobody)[0].pk

    @pytest.mark.parametrize(
        ("data", "code", "field"),
        [
            (replace(TU, full_name=" "), "person.name_missing", "full_name"),
            (replace(TU, full_name="x" * 121), "person.name_missing", "full_name"),
            (replace(TU, personal_id="1"), "identifiers.id_length", "personal_id"),
            (replace(TU, old_id="1"), "identifiers.old_id", "old_id"),
            (replace(TU, phone="1"), "phones.invalid", "phone"),
        ],
    )
    def test_what_is_wrong_is_named(self, data: PersonData, code: str, field: str) -> None:
        with pytest.raises(DomainError) as refusal:
            checked_person(data)
        assert (refusal.value.code, refusal.value.field) == (code, field)


class TestOrganisations:
    def test_a_tax_code_is_one_organisation(self) -> None:
        data = checked_organisation(OrganisationData("Công ty  Lụa", " 0101234567 "))
        first, is_new = find_or_create_organisation(data=data, now=MORNING)
        second, again_new = find_or_create_organisation(data=data, now=MORNING)
        assert (first.pk == second.pk, is_new, again_new) == (True, True, False)
        assert Organisation.objects.get().name == "Công ty Lụa"

    def test_a_tax_code_known_under_another_name_is_refused(self) -> None:
        find_or_create_organisation(data=OrganisationData("Công ty Lụa", "0101234567"), now=MORNING)
        with pytest.raises(DomainError) as refusal:
            find_or_create_organisation(data=OrganisationData("Công ty Gốm", "0101234567"), now=MORNING)
        assert refusal.value.code == "organisation.name_differs"

    @pytest.mark.parametrize("tax_code", ["0101234567", "0101234567-001", "001090000001", ""])
    def test_every_form_of_a_tax_code_is_accepted(self, tax_code: str) -> None:
        assert checked_organisation(OrganisationData("Công ty", tax_code)).tax_code == tax_code

    @pytest.mark.parametrize("tax_code", ["1", "01012345678", "0101234567-1", "abcdefghij"])
    def test_anything_else_is_not(self, tax_code: str) -> None:
        with pytest.raises(DomainError) as refusal:
            checked_organisation(OrganisationData("Công ty", tax_code))
        assert refusal.value.code == "organisation.tax_code"


class TestLookUp:
    def test_a_look_up_finds_by_blind_index_and_leaves_a_row(self, desk_clerk_lan: Actor) -> None:
        person, _ = find(TU)
        found = person_by_personal_id(actor=desk_clerk_lan, number="001 090 000 001", purpose="tiếp nhận", now=MORNING)
        assert found == person
        entry = AuditEntry.objects.get()
        assert (entry.action, entry.person_id, entry.purpose) == ("person.read", person.pk, "tiếp nhận")

    def test_a_look_up_that_finds_nobody_leaves_a_row_without_the_number(self, desk_clerk_lan: Actor) -> None:
        assert person_by_personal_id(actor=desk_clerk_lan, number="001090000009", purpose="x", now=MORNING) is None
        with connection.cursor() as cursor:
            cursor.execute("SELECT t::text FROM audit_auditentry t")
            assert "001090000009" not in cursor.fetchone()[0]

    def test_the_intake_form_is_filled_with_what_is_known(self, desk_clerk_lan: Actor) -> None:
        find(CARD)
        known = person_for_intake(actor=desk_clerk_lan, personal_id="001090000001")
        assert (known["full_name"], known["birth"], known["id_issued_on"]) == (
            "TRẦN VĂN TÚ",
            "12/07/1990",
            "2021-05-01",
        )
        assert person_for_intake(actor=desk_clerk_lan, personal_id="001090000009") == {"personal_id": "001090000009"}

    def test_a_malformed_number_is_nobodys(self) -> None:
        assert person_id_of("") is None
        assert person_id_of("12") is None
        assert person_id_of("001090000001") is None
        assert person_id_of(find(TU)[0].personal_id) == Person.objects.get().pk
