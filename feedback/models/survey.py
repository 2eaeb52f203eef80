"""Survey answers. Nothing here leads to a dossier, a person or a moment: who rated is confidential (ND61-2018-D27)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from feedback.constants import Satisfaction
from haddong_portal.accounts.models import Unit
from haddong_portal.common.crypto.fields import EncryptedTextField


class SurveyQuestion(models.Model):
    """One assessed content of NĐ 61, art. 31.1, in the words of the province's slip.

    `choices` is a list of {"value", "label"}, worst first. A question that is asked differently is a new row, so old
    replies keep their meaning.
    """

    code = models.CharField(max_length=20, verbose_name="mã câu hỏi")
    wording = models.CharField(max_length=300, verbose_name="câu hỏi")
    choices = models.JSONField(verbose_name="các lựa chọn")
    position = models.PositiveSmallIntegerField(verbose_name="thứ tự")
    is_active = models.BooleanField(default=True, verbose_name="đang dùng")
    source = models.CharField(max_length=60, verbose_name="căn cứ")

    class Meta:
        verbose_name = "câu hỏi đánh giá"
        verbose_name_plural = "câu hỏi đánh giá"
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["code"], name="survey_question_code_unique")]

    def __str__(self) -> str:
        return self.wording


class SurveyAnswer(models.Model):
    """One answer to one printed code.

    The key is random, since a running number would tell the order within a day. `code_digest` is a keyed hash.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code_digest = models.CharField(max_length=32, editable=False, verbose_name="dấu vết mã")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    form = models.CharField(max_length=4, verbose_name="mẫu giấy")
    procedure_code = models.CharField(max_length=12, blank=True, verbose_name="mã thủ tục")
    score = models.PositiveSmallIntegerField(choices=Satisfaction.choices, verbose_name="mức hài lòng")
    answered_on = models.DateField(verbose_name="ngày đánh giá")
    comment = EncryptedTextField(blank=True, default="", verbose_name="ý kiến khác")
    is_complete = models.BooleanField(default=False, verbose_name="đã trả lời thêm")

    class Meta:
        verbose_name = "phiếu đánh giá"
        verbose_name_plural = "phiếu đánh giá"
        constraints = [
            models.UniqueConstraint(fields=["code_digest"], name="survey_answer_once_per_code"),
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="survey_answer_score_range"),
        ]
        indexes = [models.Index(fields=["unit", "answered_on"], name="survey_answer_of_unit")]

    def __str__(self) -> str:
        return f"{self.get_score_display()} ({self.answered_on:%d/%m/%Y})"


class SurveyReply(models.Model):
    """What one answer says to one question."""

    answer = models.ForeignKey(SurveyAnswer, on_delete=models.CASCADE, related_name="replies", verbose_name="phiếu")
    question = models.ForeignKey(SurveyQuestion, on_delete=models.PROTECT, related_name="+", verbose_name="câu hỏi")
    choice = models.PositiveSmallIntegerField(verbose_name="lựa chọn")

    class Meta:
        verbose_name = "câu trả lời đánh giá"
        verbose_name_plural = "câu trả lời đánh giá"
        constraints = [models.UniqueConstraint(fields=["answer", "question"], name="survey_reply_once_per_question")]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.choice}"
