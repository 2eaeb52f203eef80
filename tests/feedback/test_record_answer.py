"""One answer per code, and nothing stored that tells who answered or when in the day."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import models

from feedback.models import SurveyAnswer, SurveyQuestion, SurveyReply
from feedback.rules.replies import COMMENT_LENGTH_MAX, kept_comment, valid_replies
from feedback.services.complete_answer import complete_answer
from feedback.services.load_questions import load_questions
from feedback.services.record_answer import record_answer
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.errors import DomainError
from haddong_portal.common.survey_codes import survey_code
from tests.dossiers.races.conftest import at_once  # noqa: F401 - a fixture
from tests.factories import MORNING

IP = "203.0.113.7"
tap = partial(record_answer, client_ip=IP, now=MORNING)


@pytest.mark.django_db
def test_a_tap_is_filed_under_unit_form_procedure_and_day(code: str, ward: Unit) -> None:
    recorded = tap(code=code, score="5")
    answer = SurveyAnswer.objects.get()
    assert recorded.is_first and recorded.answer_id == answer.pk
    assert (answer.unit_id, answer.form, answer.procedure_code, answer.score) == (ward.pk, "01", "1.001193", 5)
    assert answer.answered_on == MORNING.date()


@pytest.mark.django_db
def test_a_second_tap_changes_nothing(code: str) -> None:
    tap(code=code, score="5")
    again = tap(code=code.lower().replace(code.rpartition(".")[2].lower(), code.rpartition(".")[2]), score="1")
    assert (again.is_first, again.answer_id) == (False, None)
    assert SurveyAnswer.objects.get().score == 5


@pytest.mark.django_db
def test_nothing_stored_leads_to_a_person_a_dossier_or_a_moment(code: str) -> None:
    audited = AuditEntry.objects.count()
    tap(code=code, score="1")
    fields = [*SurveyAnswer._meta.get_fields(), *SurveyReply._meta.get_fields()]
    assert [one.name for one in fields if isinstance(one, models.DateTimeField | models.TimeField)] == []
    linked = {one.related_model.__name__ for one in fields if one.is_relation and one.related_model}
    assert linked == {"Unit", "SurveyQuestion", "SurveyAnswer", "SurveyReply"}
    assert AuditEntry.objects.count() == audited
    assert SurveyAnswer.objects.filter(code_digest__in=code.replace(".", "-").split("-")).count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("score", ["", "0", "6", "năm", "²", "-1"])
def test_only_a_face_is_a_score(code: str, score: str) -> None:
    with pytest.raises(DomainError, match=r"survey\.score"):
        tap(code=code, score=score)
    assert not SurveyAnswer.objects.exists()


@pytest.mark.django_db
def test_an_old_code_and_one_of_no_unit_are_refused(code: str) -> None:
    with pytest.raises(DomainError, match=r"survey\.expired"):
        record_answer(code=code, score="5", client_ip=IP, now=MORNING + timedelta(days=31))
    nowhere = survey_code(unit_id=999_999, form="01", procedure_code="", slip="x", issued_on=MORNING.date())
    with pytest.raises(DomainError, match=r"codes\.signature"):
        tap(code=nowhere, score="5")
    assert not SurveyAnswer.objects.exists()


@pytest.mark.django_db
def test_one_address_is_slowed_down_and_others_are_not(code: str, settings: Any) -> None:
    settings.SURVEY_TRIES_PER_ADDRESS_MAX = 2
    for _ in range(2):
        with pytest.raises(DomainError, match=r"codes\.signature"):
            tap(code="gia-mao", score="5")
    with pytest.raises(DomainError, match=r"survey\.too_many"):
        tap(code=code, score="5")
    assert record_answer(code=code, score="5", client_ip="203.0.113.8", now=MORNING).is_first


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_are_one_answer(at_once: Any, code: str) -> None:  # noqa: F811 - the fixture
    answers = at_once([partial(tap, code=code, score=score) for score in ("1", "5")])
    assert sorted(answer.is_first for answer in answers) == [False, True]
    first = next(score for score, answer in zip((1, 5), answers, strict=True) if answer.is_first)
    assert SurveyAnswer.objects.get().score == first


@pytest.mark.django_db
def test_more_can_be_said_once(code: str) -> None:
    answer_id = tap(code=code, score="2").answer_id
    assert answer_id
    said = {"dd-thai-do": "1", "c-so-lan": "4", "a-thoi-gian": "9", "khong-co": "1"}
    assert complete_answer(answer_id=answer_id, replies=said, comment="  Phải chờ lâu. ")
    assert not complete_answer(answer_id=answer_id, replies={"b-so-noi": "1"}, comment="Lần hai")
    kept = dict(SurveyReply.objects.values_list("question__code", "choice"))
    assert kept == {"dd-thai-do": 1, "c-so-lan": 4}
    assert SurveyAnswer.objects.get().comment == "Phải chờ lâu."


@pytest.mark.django_db
def test_the_bank_has_the_eight_contents_and_loads_once() -> None:
    assert load_questions() == (8, 0)
    SurveyQuestion.objects.filter(code="b-so-noi").update(wording="Câu của thành phố")
    assert load_questions() == (0, 8)
    assert SurveyQuestion.objects.get(code="b-so-noi").wording == "Câu của thành phố"
    letters = [question.code.split("-")[0] for question in SurveyQuestion.objects.all()]
    assert letters == ["a", "b", "c", "d", "dd", "e", "g", "h"]


def test_replies_that_were_not_offered_do_not_count() -> None:
    offered = {"a": {1, 2}, "b": {1}}
    assert valid_replies({"a": "2", "b": "2", "c": "1"}, offered) == {"a": 2}
    assert valid_replies({"a": "", "b": "١"}, offered) == {}


def test_a_comment_is_cleaned_and_cut() -> None:
    assert kept_comment(" Tốt\x00\n lắm ") == "Tốt\n lắm"
    assert len(kept_comment("ă" * 5000)) == COMMENT_LENGTH_MAX
