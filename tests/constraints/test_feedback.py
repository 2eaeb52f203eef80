"""What the database refuses of surveys and phone codes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from feedback.models import SurveyAnswer, SurveyQuestion, SurveyReply
from feedback.services.load_questions import load_questions
from haddong_portal.accounts.models import Unit
from haddong_portal.citizens.models import PhoneChallenge
from tests.constraints.registry import breaks, refused_by
from tests.factories import MORNING

pytestmark = pytest.mark.django_db
PHONE, MINUTE = "0912345678", timedelta(minutes=1)


@breaks("survey_answer_once_per_code", "survey_answer_score_range")
def test_the_database_keeps_one_answer_per_code_and_five_faces(ward: Unit) -> None:
    row: dict[str, Any] = {"code_digest": "a" * 32, "unit": ward, "form": "01", "answered_on": MORNING.date()}
    SurveyAnswer.objects.create(**row, score=5)
    with refused_by("survey_answer_once_per_code"):
        SurveyAnswer.objects.create(**row, score=4)
    for score in (0, 6):
        with refused_by("survey_answer_score_range"):
            SurveyAnswer.objects.create(**row | {"code_digest": "b" * 32}, score=score)


@breaks("survey_question_code_unique", "survey_reply_once_per_question")
def test_the_database_keeps_questions_and_replies_apart(ward: Unit) -> None:
    load_questions()
    question = SurveyQuestion.objects.earliest("position")
    answer = SurveyAnswer.objects.create(
        code_digest="a" * 32, unit=ward, form="01", answered_on=MORNING.date(), score=5
    )
    with refused_by("survey_question_code_unique"):
        SurveyQuestion.objects.create(code=question.code, wording="Khác", choices=[], position=9, source="design")
    SurveyReply.objects.create(answer=answer, question=question, choice=1)
    with refused_by("survey_reply_once_per_question"):
        SurveyReply.objects.create(answer=answer, question=question, choice=2)


@breaks(
    "phone_challenge_ends_later",
    "phone_challenge_used_in_time",
    "phone_challenge_used_or_ended",
    "phone_challenge_one_open",
)
def test_the_database_keeps_a_challenge_sound() -> None:
    def make(**values: Any) -> None:
        row = {"phone": PHONE, "purpose": "online", "reference": "draft/1", "code_digest": "0" * 64}
        PhoneChallenge(**{**row, "created_at": MORNING, "expires_at": MORNING + 5 * MINUTE, **values}).save()

    with refused_by("phone_challenge_ends_later"):
        make(expires_at=MORNING)
    with refused_by("phone_challenge_used_in_time"):
        make(used_at=MORNING + 6 * MINUTE)
    with refused_by("phone_challenge_used_or_ended"):
        make(used_at=MORNING, ended_at=MORNING)
    make()
    with refused_by("phone_challenge_one_open"):
        make()
