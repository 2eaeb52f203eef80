"""Asking others and looking for oneself: opinions of co-processing units (T7) and verification (T6)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from dossiers.models.dossier import Dossier
from dossiers.models.slips import Slip
from haddong_portal.accounts.models import Unit, User


class OpinionRequest(models.Model):
    """One unit asked for its opinion, with a deadline of its own; the dossier's clock runs on (NĐ 61 art. 19.5).

    Open until it is answered, declined with a reason (`declined`, the reason in `answer`) or no longer waited for.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="opinions", verbose_name="hồ sơ")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="opinions_asked", verbose_name="nơi được hỏi")
    question = models.TextField(verbose_name="nội dung lấy ý kiến")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người hỏi")
    asked_at = models.DateTimeField(verbose_name="lúc hỏi")
    due_at = models.DateTimeField(verbose_name="hạn trả lời")
    answer = models.TextField(blank=True, verbose_name="ý kiến")
    agrees = models.BooleanField(null=True, blank=True, verbose_name="đồng ý")
    declined = models.BooleanField(default=False, verbose_name="từ chối cho ý kiến")
    # Working minutes after the deadline, in the asked unit's office hours; 0 = in time, empty = not answered.
    late_minutes = models.PositiveIntegerField(null=True, blank=True, verbose_name="phút làm việc trả lời chậm")
    answered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="người trả lời"
    )
    answered_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc trả lời")
    closed_at = models.DateTimeField(null=True, blank=True, verbose_name="thôi chờ lúc")
    late_told_at = models.DateTimeField(null=True, blank=True, verbose_name="đã báo chậm lúc")
    slip = models.ForeignKey(
        Slip, null=True, blank=True, on_delete=models.PROTECT, related_name="opinions", verbose_name="phiếu lấy ý kiến"
    )

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
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, agrees__isnull=True, declined=False, late_minutes__isnull=True)
                | (
                    Q(answered_at__isnull=False, late_minutes__isnull=False)
                    & ~Q(answer="")
                    & (Q(agrees__isnull=False, declined=False) | Q(agrees__isnull=True, declined=True))
                ),
                name="opinion_answer_is_clear",
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
    planned_minutes = models.PositiveIntegerField(null=True, blank=True, verbose_name="phút làm việc dự kiến")
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người xác minh")
    started_at = models.DateTimeField(verbose_name="lúc bắt đầu")
    participants = models.CharField(max_length=500, blank=True, verbose_name="thành phần tham gia")
    minutes = models.TextField(blank=True, verbose_name="biên bản")
    # Empty while it goes on, and when the dossier was stopped before anything was found.
    confirmed = models.BooleanField(null=True, blank=True, verbose_name="đúng như hồ sơ")
    finished_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc xong")
    actual_minutes = models.PositiveIntegerField(null=True, blank=True, verbose_name="phút làm việc thực tế")

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
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, actual_minutes__isnull=True, confirmed__isnull=True)
                | Q(finished_at__isnull=False, actual_minutes__isnull=False),
                name="verification_end_is_measured",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.subject[:60]}"
