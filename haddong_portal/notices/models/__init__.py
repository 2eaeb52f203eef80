"""The outbox: a message is a row in the same transaction as the act it tells of."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from haddong_portal.common.crypto.fields import EncryptedTextField
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent, NoticeState


class NoticeTemplate(models.Model):
    """The words of one event on one channel. Placeholders in braces are filled from the event's facts."""

    event = models.CharField(max_length=40, choices=NoticeEvent.choices, verbose_name="sự kiện")
    channel = models.CharField(max_length=10, choices=NoticeChannel.choices, verbose_name="kênh")
    subject = models.CharField(max_length=200, blank=True, verbose_name="tiêu đề")
    body = models.TextField(verbose_name="nội dung")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "mẫu thông báo"
        verbose_name_plural = "mẫu thông báo"
        constraints = [models.UniqueConstraint(fields=["event", "channel"], name="notice_template_unique")]

    def __str__(self) -> str:
        return f"{self.get_event_display()} ({self.get_channel_display()})"


class Notice(models.Model):
    """One message to one person. At most one per (reference, rule, day, channel)."""

    reference = models.CharField(max_length=60, verbose_name="về việc")
    rule = models.CharField(max_length=40, verbose_name="quy tắc")
    day = models.DateField(verbose_name="ngày")
    channel = models.CharField(max_length=10, choices=NoticeChannel.choices, verbose_name="kênh")
    unit_id = models.BigIntegerField(null=True, blank=True, verbose_name="đơn vị gửi")
    recipient_name = models.CharField(max_length=120, blank=True, verbose_name="người nhận")
    recipient = EncryptedTextField(verbose_name="nơi nhận")
    subject = models.CharField(max_length=200, blank=True, verbose_name="tiêu đề")
    body = models.TextField(verbose_name="nội dung")
    state = models.CharField(
        max_length=10, choices=NoticeState.choices, default=NoticeState.QUEUED, verbose_name="trạng thái"
    )
    attempts = models.PositiveSmallIntegerField(default=0, verbose_name="số lần thử")
    next_attempt_at = models.DateTimeField(verbose_name="lần gửi kế tiếp")
    created_at = models.DateTimeField(verbose_name="lúc tạo")
    sent_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc gửi")
    last_error = models.CharField(max_length=300, blank=True, verbose_name="lỗi gần nhất")

    class Meta:
        verbose_name = "thông báo"
        verbose_name_plural = "thông báo"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "rule", "day", "channel"], name="notice_once_per_rule_day_channel"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="notice_sent_has_time",
            ),
        ]
        indexes = [
            # the sweeper's query
            models.Index(fields=["next_attempt_at"], condition=Q(state__in=["queued", "sending"]), name="notice_due"),
            models.Index(fields=["reference"], name="notice_by_reference"),
            models.Index(fields=["-created_at"], condition=Q(state="gave_up"), name="notice_gave_up"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.rule} {self.get_state_display()}"


class NoticeAttempt(models.Model):
    """One try to deliver, with what the gateway answered: the delivery log on the dossier."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="log", verbose_name="thông báo")
    at = models.DateTimeField(verbose_name="lúc")
    gateway = models.CharField(max_length=40, verbose_name="cổng gửi")
    ok = models.BooleanField(verbose_name="thành công")
    answer = models.CharField(max_length=500, blank=True, verbose_name="trả lời")

    class Meta:
        verbose_name = "lần gửi"
        verbose_name_plural = "lần gửi"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.at:%H:%M:%S} {'được' if self.ok else 'hỏng'}"
