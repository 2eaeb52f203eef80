"""The outbox: a message is a row in the same transaction as the act it tells of."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from haddong_portal.common.crypto.fields import EncryptedTextField
from haddong_portal.notices.constants import NoticeChannel, NoticeState, notice_events
from haddong_portal.notices.rules.recipients import masked_recipient

IN_PORTAL = Q(channel="portal")


class Notice(models.Model):
    """One message to one person. At most one per (reference, rule, day, channel).

    `key` tells a gateway that it is the same message again. `gateway`, `doubts` and `refused_by` are where the next
    attempt starts from (rules/route.py): who was asked last, how many attempts in a row have an unknown fate, and who
    refused for good. `user` is set for members of staff; a message in the portal waits for `read_at`.
    """

    reference = models.CharField(max_length=60, verbose_name="về việc")
    event = models.CharField(max_length=40, choices=notice_events, blank=True, verbose_name="sự kiện")
    rule = models.CharField(max_length=60, verbose_name="quy tắc")
    day = models.DateField(verbose_name="ngày")
    channel = models.CharField(max_length=10, choices=NoticeChannel.choices, verbose_name="kênh")
    unit_id = models.BigIntegerField(null=True, blank=True, verbose_name="đơn vị gửi")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name="cán bộ nhận",
    )
    recipient_name = models.CharField(max_length=120, blank=True, verbose_name="người nhận")
    recipient = EncryptedTextField(verbose_name="nơi nhận")
    subject = models.CharField(max_length=200, blank=True, verbose_name="tiêu đề")
    body = models.TextField(verbose_name="nội dung")
    link = models.CharField(max_length=300, blank=True, verbose_name="đường dẫn")
    key = models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="khóa chống gửi trùng")
    state = models.CharField(
        max_length=10, choices=NoticeState.choices, default=NoticeState.QUEUED, verbose_name="trạng thái"
    )
    attempts = models.PositiveSmallIntegerField(default=0, verbose_name="số lần thử")
    gateway = models.CharField(max_length=40, blank=True, verbose_name="cổng gửi gần nhất")
    doubts = models.PositiveSmallIntegerField(default=0, verbose_name="số lần không rõ kết quả")
    refused_by = models.CharField(max_length=120, blank=True, verbose_name="cổng đã từ chối hẳn")
    first_due_at = models.DateTimeField(verbose_name="lần gửi đầu")
    next_attempt_at = models.DateTimeField(verbose_name="lần gửi kế tiếp")
    created_at = models.DateTimeField(verbose_name="lúc tạo")
    sent_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc gửi")
    read_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc đọc")
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
            models.CheckConstraint(condition=~IN_PORTAL | Q(user__isnull=False), name="notice_in_portal_has_user"),
            models.CheckConstraint(condition=IN_PORTAL | Q(read_at__isnull=True), name="notice_read_in_portal_only"),
        ]
        indexes = [
            # the sweeper's query
            models.Index(fields=["next_attempt_at"], condition=Q(state__in=["queued", "sending"]), name="notice_due"),
            models.Index(fields=["reference"], name="notice_by_reference"),
            models.Index(fields=["-id"], condition=Q(state="gave_up"), name="notice_gave_up"),
            models.Index(fields=["unit_id", "-id"], condition=~IN_PORTAL, name="notice_of_unit"),
            # the bell: what waits, and what was
            models.Index(fields=["user", "-id"], condition=IN_PORTAL & Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["user", "-id"], condition=IN_PORTAL, name="notice_in_portal"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.rule} {self.get_state_display()}"

    @property
    def masked_recipient(self) -> str:
        return masked_recipient(self.channel, self.recipient)


class NoticeAttempt(models.Model):
    """One try to deliver, with what the gateway answered: the delivery log on the dossier.

    `is_final`: the gateway refused for good (a wrong number, say). Other failures count against the gateway itself.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="log", verbose_name="thông báo")
    at = models.DateTimeField(verbose_name="lúc")
    gateway = models.CharField(max_length=40, verbose_name="cổng gửi")
    ok = models.BooleanField(verbose_name="thành công")
    is_final = models.BooleanField(default=False, verbose_name="từ chối hẳn")
    answer = models.CharField(max_length=500, blank=True, verbose_name="trả lời")

    class Meta:
        verbose_name = "lần gửi"
        verbose_name_plural = "lần gửi"
        ordering = ["id"]
        indexes = [models.Index(fields=["gateway", "-id"], name="notice_attempt_by_gateway")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.at:%H:%M:%S} {'được' if self.ok else 'hỏng'}"
