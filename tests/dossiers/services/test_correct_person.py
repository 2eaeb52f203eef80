"""A corrected name or number reaches the record of the person, with history; two people are never made one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dossiers.constants import FormKind
from dossiers.models import Correction, Dossier, DossierEvent, Slip
from dossiers.selectors.slip_pdf import slip_pdf
from dossiers.services.correct_mistake import FieldChange, correct_mistake
from dossiers.services.intake_data import OrganisationData
from haddong_portal.audit.models import AuditEntry
from haddong_portal.citizens.constants import DataSource
from haddong_portal.citizens.models import Person
from haddong_portal.common.errors import DomainError
from tests.dossiers.conftest import Story
from tests.factories import MORNING, citizen
from tests.flows.desk import text_of

pytestmark = pytest.mark.django_db
NUMBER, RIGHT = "001090000001", "001090000002"


def correct(story: Story, dossier: Dossier, field: str, new: str, *, also_record: bool = False) -> DossierEvent:
    return correct_mistake(
        actor=story.clerk,
        dossier_id=dossier.pk,
        change=FieldChange(field, new, also_record=also_record),
        mistake_by="applicant",
        reason="Gõ nhầm khi tiếp nhận",
        now=MORNING + timedelta(hours=1),
    )


def refused(story: Story, dossier: Dossier, field: str, new: str, **more: Any) -> str:
    with pytest.raises(DomainError) as refusal:
        correct(story, dossier, field, new, **more)
    assert not Correction.objects.exists()
    return refusal.value.code


def person_of(dossier: Dossier) -> Person:
    fresh = Dossier.objects.select_related("person").get(pk=dossier.pk)
    assert fresh.person is not None
    return fresh.person


def test_a_corrected_name_goes_into_the_record_when_asked(story: Story) -> None:
    dossier = story.received()
    event = correct(story, dossier, "applicant_name", "Trần Văn Tuấn", also_record=True)
    person = person_of(dossier)
    assert (person.full_name, person.full_name_folded, person.personal_id) == ("Trần Văn Tuấn", "tran van tuan", NUMBER)
    newest, oldest = person.history.order_by("-history_id")[:2]
    assert (newest.full_name, oldest.full_name) == ("Trần Văn Tuấn", "Trần Văn Tú")
    assert newest.history_change_reason == "đính chính: Gõ nhầm khi tiếp nhận"
    entry = AuditEntry.objects.get(action="person.correct")
    assert (entry.object_id, entry.actor_name) == (str(person.pk), story.clerk.name)
    assert "Đã sửa cả dữ liệu người dân" in event.note and "Tuấn" not in event.note


def test_not_asked_the_record_stays(story: Story) -> None:
    dossier = story.received()
    correct(story, dossier, "applicant_name", "Trần Văn Tuấn")
    assert person_of(dossier).full_name == "Trần Văn Tú"
    assert story.fresh(dossier.pk).applicant_name == "Trần Văn Tuấn"


def test_what_the_card_said_is_not_corrected_by_hand(story: Story) -> None:
    dossier = story.received()
    Person.objects.update(source=DataSource.CARD)
    assert refused(story, dossier, "applicant_name", "Trần Văn Tuấn", also_record=True) == "person.from_card"
    assert story.fresh(dossier.pk).applicant_name == "Trần Văn Tú", "all or nothing"


def test_a_mistyped_number_is_corrected_in_a_record_that_only_this_dossier_made(story: Story) -> None:
    dossier = story.received()
    before = person_of(dossier).pk
    correct(story, dossier, "personal_id", f" {RIGHT} ")
    person = person_of(dossier)
    assert (person.pk, person.personal_id, Person.objects.count()) == (before, RIGHT, 1)
    made = Correction.objects.get()
    assert (made.field, made.old_value, made.new_value) == ("personal_id", NUMBER, RIGHT)
    assert person.history.count() == 2


def test_a_record_that_others_rest_on_stays_and_the_dossier_moves(story: Story) -> None:
    first, second = story.received(), story.received()
    wrong = person_of(first).pk
    event = correct(story, second, "personal_id", RIGHT)
    assert (person_of(first).pk, person_of(first).personal_id) == (wrong, NUMBER)
    assert (person_of(second).pk != wrong, person_of(second).personal_id) == (True, RIGHT)
    assert "không gộp" in event.note


def test_the_right_person_is_taken_where_they_are_on_file(story: Story) -> None:
    known = person_of(story.received(person=citizen("Trần Văn Tú", 2)))
    dossier = story.received()
    correct(story, dossier, "personal_id", RIGHT)
    assert person_of(dossier).pk == known.pk
    assert Person.objects.filter(personal_id_index__isnull=False).count() == 2, "nobody was merged away"


def test_a_number_of_somebody_else_is_refused(story: Story) -> None:
    story.received(person=citizen("Người Khác Hẳn", 2))
    assert refused(story, story.received(), "personal_id", RIGHT) == "person.name_differs"


@pytest.mark.parametrize(
    ("new", "code"), [("", "correction.empty"), (NUMBER, "correction.same_value"), ("123", "identifiers.id_length")]
)
def test_a_number_must_be_one(story: Story, new: str, code: str) -> None:
    assert refused(story, story.received(), "personal_id", new) == code


def test_an_organisation_has_no_record_of_a_person(story: Story) -> None:
    company = OrganisationData("Công ty TNHH Lụa Vạn Phúc", "0101234567")
    dossier = story.received(person=None, organisation=company, representative=citizen("Lê Minh Khôi", 7))
    assert refused(story, dossier, "personal_id", RIGHT) == "correction.no_person"


def test_an_old_slip_prints_the_number_of_then(story: Story) -> None:
    dossier = story.received()
    correct(story, dossier, "personal_id", RIGHT)
    first, second = Slip.objects.filter(dossier=dossier, form_kind=FormKind.RECEIPT).order_by("id")
    told = [
        text_of(slip_pdf(actor=story.clerk, code=dossier.code, slip_id=slip.pk, now=MORNING))
        for slip in (first, second)
    ]
    assert NUMBER in told[0] and RIGHT not in told[0]
    assert RIGHT in told[1] and NUMBER not in told[1]
