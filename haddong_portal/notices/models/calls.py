"""The phone call list: people whose result waits, and what came of each call."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from haddong_portal.accounts.models import Unit
from haddong_portal.common.crypto.fields import EncryptedTextField
from haddong_portal.notices.constants import CallOutcome, CallState


class CallTask(models.Model):
    """One person to phone about one thing. At most one per (reference, rule), for ever.

    `due_on` is the day from which it stands on the list; `script` is what the clerk says.
    """

    reference = models.CharField(max_length=60, verbose_name="về việc")
    rule = models.CharField(max_length=40, verbose_name="quy tắc")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="đơn vị")
    recipient_name = models.CharField(max_length=120, verbose_name="người nghe")
    phone = EncryptedTextField(verbose_name="điện thoại")
    subject = models.CharField(max_length=200, verbose_name="việc báo")
    script = models.TextField(verbose_name="lời gọi")
    waiting_since = models.DateTimeField(verbose_name="chờ từ")
    due_on = models.DateField(verbose_name="gọi từ ngày")
    state = models.CharField(
        max_length=10, choices=CallState.choices, default=CallState.OPEN, verbose_name="trạng thái"
    )
    misses = models.PositiveSmallIntegerField(default=0, verbose_name="số lần không liên lạc được")
    last_outcome = models.CharField(
        max_length=10, choices=CallOutcome.choices, blank=True, verbose_name="kết quả gần nhất"
    )
    created_at = models.DateTimeField(verbose_name="lúc tạo")
    closed_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc xong")

    class Meta:
        verbose_name = "việc gọi điện"
        verbose_name_plural = "việc gọi điện"
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["reference", "rule"], name="call_task_once_per_rule"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="call_task_closed_has_time",
            ),
        ]
        indexes = [models.Index(fields=["unit", "due_on", "id"], condition=Q(state="open"), name="call_task_open")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_state_display()}"


class CallAttempt(models.Model):
    """One call: who called, when, and what came of it."""

    task = models.ForeignKey(CallTask, on_delete=models.CASCADE, related_name="calls", verbose_name="việc gọi điện")
    at = models.DateTimeField(verbose_name="lúc")
    caller = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người gọi",
    )
    caller_name = models.CharField(max_length=120, verbose_name="tên người gọi")
    outcome = models.CharField(max_length=10, choices=CallOutcome.choices, verbose_name="kết quả")
    promised_on = models.DateField(null=True, blank=True, verbose_name="hẹn đến ngày")
    note = models.CharField(max_length=300, blank=True, verbose_name="ghi chú")

    class Meta:
        verbose_name = "cuộc gọi"
        verbose_name_plural = "cuộc gọi"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="promised", promised_on__isnull=False)
                | (~Q(outcome="promised") & Q(promised_on__isnull=True)),
                name="call_promise_has_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.get_outcome_display()}"
