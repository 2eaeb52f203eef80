"""What an owner says is wrong on a paper of theirs, and what a clerk answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dossiers.papers.constants import CorrectionOutcome
from dossiers.papers.models.papers import Paper
from haddong_portal.accounts.models import Unit, User
from haddong_portal.common.crypto.fields import EncryptedTextField


class PaperCorrection(models.Model):
    """One request to put a paper right; open until a clerk answers. The paper itself is never edited in place."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="corrections", verbose_name="giấy tờ")
    # The owner's words may tell more of them than the paper does.
    words = EncryptedTextField(verbose_name="chỗ sai")
    asked_at = models.DateTimeField(verbose_name="lúc đề nghị")
    outcome = models.CharField(
        max_length=10, choices=CorrectionOutcome.choices, blank=True, default="", verbose_name="kết quả"
    )
    answer = models.CharField(max_length=1000, blank=True, verbose_name="trả lời")
    answered_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc trả lời")
    answered_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name="người trả lời",
    )
    unit = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name="đơn vị trả lời",
    )

    class Meta:
        verbose_name = "đề nghị sửa giấy tờ"
        verbose_name_plural = "đề nghị sửa giấy tờ"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper"], condition=Q(answered_at__isnull=True), name="paper_correction_one_open"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, outcome="", answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False, unit__isnull=False)
                & ~Q(outcome="")
                & ~Q(answer=""),
                name="paper_correction_answer_whole",
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(answered_at__isnull=True), name="paper_correction_open")]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.asked_at:%d/%m/%Y}"
