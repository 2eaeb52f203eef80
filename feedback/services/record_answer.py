"""A citizen taps a face: one answer per printed code, saved at once.

Anybody; writes one SurveyAnswer, and on purpose neither an event nor an audit row: those would bear the moment and the
address, and NĐ 61 art. 27 keeps the rater secret. A second tap changes nothing.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from feedback.constants import Satisfaction
from feedback.models import SurveyAnswer
from haddong_portal.accounts.models import Unit
from haddong_portal.common import clock
from haddong_portal.common.attempts import too_many_attempts
from haddong_portal.common.errors import DomainError
from haddong_portal.common.survey_codes import SurveyCode, read_survey_code

WINDOW_S = 900


@dataclass(frozen=True)
class RecordedAnswer:
    """`is_first` is false when this code had been answered before; then `answer_id` is empty."""

    answer_id: uuid.UUID | None
    is_first: bool


def checked_code(*, code: str, client_ip: str, now: datetime | None = None) -> SurveyCode:
    """What the code says; DomainError codes.signature, survey.expired, survey.too_many (429)."""
    if too_many_attempts("survey", client_ip, most=settings.SURVEY_TRIES_PER_ADDRESS_MAX, window_s=WINDOW_S):
        raise DomainError(
            "survey.too_many", "Đã có quá nhiều lượt đánh giá từ nơi này. Xin thử lại sau 15 phút.", status=429
        )
    return read_survey_code(code, today=clock.local(now or clock.now()).date())


def record_answer(*, code: str, score: str, client_ip: str, now: datetime | None = None) -> RecordedAnswer:
    """The answer. Raises as `checked_code`, and survey.score (400) for a value that is no face."""
    moment = clock.local(now or clock.now())
    said = checked_code(code=code, client_ip=client_ip, now=moment)
    if score not in {str(value) for value in Satisfaction.values}:
        raise DomainError("survey.score", "Xin chọn một trong năm mức hài lòng.", "score")
    if not Unit.objects.filter(pk=said.unit_id).exists():
        raise DomainError("codes.signature", "Mã này không đúng hoặc không còn dùng được.", "code", status=404)
    answer = SurveyAnswer(
        code_digest=said.digest,
        unit_id=said.unit_id,
        form=said.form,
        procedure_code=said.procedure_code,
        score=int(score),
        answered_on=moment.date(),
    )
    SurveyAnswer.objects.bulk_create([answer], ignore_conflicts=True)
    is_first = SurveyAnswer.objects.filter(pk=answer.pk).exists()
    return RecordedAnswer(answer.pk if is_first else None, is_first)
