"""Asking others and looking for oneself: opinions of co-processing units (T7) and verification (T6)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from dossiers.models.dossier import Dossier
from haddong_portal.accounts.models import Unit, User


class OpinionRequest(models.Model):
    """One unit asked for its opinion, with a deadline of its own; the dossier's clock runs on (NĐ 61 art. 19.5)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="opinions", verbose_name="hồ sơ")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="opinions_asked", verbose_name="nơi được hỏi")
    question = models.TextField(verbose_name="nội dung lấy ý kiến")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người hỏi")
    asked_at = models.DateTimeField(verbose_name="lúc hỏi")
    due_at = models.DateTimeField(verbose_name="hạn trả lời")
    answer = models.TextField(blank=True, verbose_name="ý kiến")
    agrees = models.BooleanField(null=True, blank=True, verbose_name="đồng ý")
    answered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="người trả lời"
    )
    answered_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc trả lời")
    closed_at = models.DateTimeField(null=True, blank=True, verbose_name="thôi chờ lúc")
    late_told_at = models.DateTimeField(null=True, blank=True, verbose_name="đã báo chậm lúc")

    class Meta:
        verbose_name = "lần lấy ý kiến"
        verbose_name_plural = "lần lấy ý kiến"
        ordering = ["dossier_id", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gt=F("asked_at")), name="opinion_due_after_asked"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="opinion_answer_has_author",
            ),
            models.UniqueConstraint(
                fields=["dossier", "unit"],
                condition=Q(answered_at__isnull=True, closed_at__isnull=True),
                name="opinion_one_open_per_unit",
            ),
        ]
        indexes = [
            # the asked unit's list
            models.Index(
                fields=["unit", "due_at"],
                condition=Q(answered_at__isnull=True, closed_at__isnull=True),
                name="opinion_open_of_unit",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} → {self.unit_id}"


class Verification(models.Model):
    """One look on the spot or in other books, with its minutes kept in the dossier (NĐ 61 art. 19.3)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="verifications", verbose_name="hồ sơ")
    subject = models.TextField(verbose_name="nội dung xác minh")
    planned_on = models.DateField(null=True, blank=True, verbose_name="dự kiến ngày")
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người xác minh")
    started_at = models.DateTimeField(verbose_name="lúc bắt đầu")
    participants = models.CharField(max_length=500, blank=True, verbose_name="thành phần tham gia")
    minutes = models.TextField(blank=True, verbose_name="biên bản")
    finished_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc xong")

    class Meta:
        verbose_name = "lần xác minh"
        verbose_name_plural = "lần xác minh"
        ordering = ["dossier_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(finished_at__isnull=True), name="verification_one_open_per_dossier"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | ~Q(minutes=""), name="verification_ends_with_minutes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.subject[:60]}"
