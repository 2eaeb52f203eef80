"""A citizen says more after the tap: replies to the questions and a free comment, once.

Only the browser that tapped holds the answer's key. Writes SurveyReply rows and the comment; no event, no audit row,
for the reason given in record_answer.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.db import transaction

from feedback.models import SurveyAnswer, SurveyReply
from feedback.rules.replies import kept_comment, valid_replies
from feedback.selectors.questions import active_questions
from haddong_portal.common.errors import NotFound


@transaction.atomic
def complete_answer(*, answer_id: uuid.UUID, replies: Mapping[str, str], comment: str) -> bool:
    """Whether it was kept; False when more had been said before, which stays. NotFound survey.no_answer."""
    answer = SurveyAnswer.objects.select_for_update(no_key=True).filter(pk=answer_id).first()
    if answer is None:
        raise NotFound("Không còn phiếu đánh giá này.", code="survey.no_answer")
    if answer.is_complete:
        return False
    questions = {question.code: question for question in active_questions()}
    offered = {code: {choice["value"] for choice in question.choices} for code, question in questions.items()}
    SurveyReply.objects.bulk_create(
        SurveyReply(answer=answer, question=questions[code], choice=choice)
        for code, choice in valid_replies(replies, offered).items()
    )
    answer.comment, answer.is_complete = kept_comment(comment), True
    answer.save(update_fields=["comment", "is_complete"])
    return True
