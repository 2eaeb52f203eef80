"""When: the columns of a dossier about its clock, what was promised, and how it ended."""

from __future__ import annotations

from django.db import models

from dossiers.constants import LateReason, Status, StopReason


class PromiseColumns(models.Model):
    """From filing to the end; `services.clock_reading` and the acts of the clock write them."""

    # Filed online: when, and until when the desk must have checked it. Empty at the counter.
    submitted_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc nộp trực tuyến")
    check_due_at = models.DateTimeField(null=True, blank=True, verbose_name="hạn kiểm tra hồ sơ trực tuyến")
    accepted_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc tiếp nhận")
    due_at = models.DateTimeField(null=True, blank=True, verbose_name="hẹn trả")
    limit = models.JSONField(null=True, blank=True, verbose_name="thời hạn")
    limit_text = models.CharField(max_length=300, blank=True, verbose_name="thời hạn (chữ)")
    due_explanation = models.JSONField(default=list, verbose_name="vì sao hẹn ngày này")
    # The promise of the newest paper in the citizen's hand; the clock never lengthens it without a new one.
    printed_due_at = models.DateTimeField(null=True, blank=True, verbose_name="ngày hẹn đã in")
    # A later date that a change of the calendar gives, until a new paper is handed out.
    recomputed_due_at = models.DateTimeField(null=True, blank=True, verbose_name="ngày hẹn tính lại, chờ phiếu mới")
    # The state to go back to when the stop is over.
    resume_status = models.CharField(
        max_length=20, choices=Status.choices, blank=True, verbose_name="trạng thái trước khi dừng"
    )
    paused_at = models.DateTimeField(null=True, blank=True, verbose_name="đồng hồ dừng từ")
    supplement_until = models.DateTimeField(null=True, blank=True, verbose_name="hạn bổ sung")
    is_reappointed = models.BooleanField(default=False, verbose_name="đã hẹn lại")
    on_time_confirmed_due_at = models.DateTimeField(null=True, blank=True, verbose_name="cam kết đúng hẹn cho ngày")
    overdue_recorded_at = models.DateTimeField(null=True, blank=True, verbose_name="ghi nhận quá hạn lúc")
    overdue_reason = models.CharField(
        max_length=12, choices=LateReason.choices, blank=True, verbose_name="lý do quá hạn"
    )
    overdue_note = models.CharField(max_length=500, blank=True, verbose_name="diễn giải quá hạn")
    stop_reason = models.CharField(max_length=20, choices=StopReason.choices, blank=True, verbose_name="lý do dừng")
    is_refused = models.BooleanField(default=False, verbose_name="kết quả là từ chối")
    # When a reminder rule speaks next; the sweep reads nothing else.
    next_reminder_at = models.DateTimeField(null=True, blank=True, verbose_name="lần nhắc kế tiếp")
    finished_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc xử lý xong")
    returned_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc trả kết quả")
    closed_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc kết thúc")

    class Meta:
        abstract = True
