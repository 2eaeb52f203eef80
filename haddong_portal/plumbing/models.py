"""The few tables that every app above shares."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords


class IdempotencyKey(models.Model):
    """A create from outside, remembered with its answer: the same key gives the same answer again."""

    scope = models.CharField(max_length=80, verbose_name="phạm vi")
    key = models.CharField(max_length=80, verbose_name="khóa")
    request_hash = models.CharField(max_length=64, verbose_name="dấu vết nội dung")
    answer = models.JSONField(null=True, verbose_name="câu trả lời")
    created_at = models.DateTimeField(verbose_name="lúc tạo")

    class Meta:
        verbose_name = "khóa chống gửi trùng"
        verbose_name_plural = "khóa chống gửi trùng"
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="idempotency_key_unique")]

    def __str__(self) -> str:
        return f"{self.scope}/{self.key}"


class NumberSequence(models.Model):
    """The last number given out for a kind, a holder (unit) and a period (day or year): gapless by row lock."""

    kind = models.CharField(max_length=40, verbose_name="loại số")
    holder = models.CharField(max_length=40, verbose_name="nơi giữ sổ")
    period = models.CharField(max_length=10, verbose_name="kỳ")
    last = models.PositiveIntegerField(verbose_name="số cuối")

    class Meta:
        verbose_name = "dãy số"
        verbose_name_plural = "dãy số"
        constraints = [
            models.UniqueConstraint(fields=["kind", "holder", "period"], name="number_sequence_unique"),
            models.CheckConstraint(condition=Q(last__gte=1), name="number_sequence_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.holder} {self.period}: {self.last}"


class DeliveryState(models.TextChoices):
    PENDING = "pending", "chờ giao"
    DONE = "done", "đã giao"
    GAVE_UP = "gave_up", "ngừng thử"


class EventDelivery(models.Model):
    """One event for one subscriber: durable before the broker hears of it, swept when the broker forgot."""

    event_kind = models.CharField(max_length=80, verbose_name="loại sự kiện")
    event_source = models.CharField(max_length=40, verbose_name="nguồn")
    event_id = models.BigIntegerField(verbose_name="số sự kiện")
    subscriber = models.CharField(max_length=80, verbose_name="nơi nhận")
    state = models.CharField(
        max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING, verbose_name="trạng thái"
    )
    attempts = models.PositiveSmallIntegerField(default=0, verbose_name="số lần thử")
    next_attempt_at = models.DateTimeField(verbose_name="lần thử kế tiếp")
    last_error = models.TextField(blank=True, verbose_name="lỗi gần nhất")
    created_at = models.DateTimeField(verbose_name="lúc tạo")
    done_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc xong")

    class Meta:
        verbose_name = "giao sự kiện"
        verbose_name_plural = "giao sự kiện"
        constraints = [
            models.UniqueConstraint(
                fields=["event_source", "event_id", "subscriber"], name="event_delivery_once_per_subscriber"
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | (~Q(state="done") & Q(done_at__isnull=True)),
                name="event_delivery_done_has_time",
            ),
        ]
        indexes = [
            # the sweeper's query
            models.Index(fields=["next_attempt_at"], condition=Q(state="pending"), name="event_delivery_due"),
        ]

    def __str__(self) -> str:
        return f"{self.event_kind} → {self.subscriber}"


class JobAttempt(models.Model):
    """A task that gave up, kept for the screen with a button to run it again."""

    job = models.CharField(max_length=80, verbose_name="công việc")
    arguments = models.JSONField(default=list, verbose_name="tham số")
    error = models.TextField(verbose_name="lỗi")
    gave_up_at = models.DateTimeField(verbose_name="lúc ngừng thử")
    resolved_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc xử lý xong")

    class Meta:
        verbose_name = "công việc hỏng"
        verbose_name_plural = "công việc hỏng"
        indexes = [models.Index(fields=["-gave_up_at"], condition=Q(resolved_at=None), name="job_attempt_open")]

    def __str__(self) -> str:
        return f"{self.job} {self.gave_up_at:%d/%m/%Y %H:%M}"


class RetentionRule(models.Model):
    """How long one kind of data is kept, from a day on, and by which text. The latest day reached is in force.

    `code` is that of a registered source (retention.py). Without a row the shipped data/retention.json holds.
    """

    code = models.CharField(max_length=40, verbose_name="loại dữ liệu")
    keep_days = models.PositiveIntegerField(verbose_name="số ngày giữ")
    source = models.CharField(max_length=200, verbose_name="căn cứ")
    is_active = models.BooleanField(verbose_name="áp dụng")
    valid_from = models.DateField(verbose_name="áp dụng từ ngày")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "thời hạn lưu"
        verbose_name_plural = "thời hạn lưu"
        ordering = ["code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="retention_rule_once_per_day"),
            models.CheckConstraint(condition=Q(keep_days__gte=1), name="retention_rule_keeps_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.keep_days} ngày từ {self.valid_from:%d/%m/%Y}"


class RetentionRun(models.Model):
    """One application of one rule: what was done, batch by batch. An interrupted one stays open; the next goes on."""

    code = models.CharField(max_length=40, verbose_name="loại dữ liệu")
    keep_days = models.PositiveIntegerField(verbose_name="số ngày giữ")
    before = models.DateTimeField(verbose_name="dữ liệu trước lúc")
    done_count = models.PositiveIntegerField(default=0, verbose_name="số dòng đã xử lý")
    started_at = models.DateTimeField(verbose_name="lúc bắt đầu")
    finished_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc xong")

    class Meta:
        verbose_name = "lần xóa theo thời hạn"
        verbose_name_plural = "lần xóa theo thời hạn"
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
                name="retention_run_ends_later",
            ),
            models.CheckConstraint(condition=Q(before__lt=F("started_at")), name="retention_run_looks_back"),
        ]
        indexes = [models.Index(fields=["code", "-started_at"], name="retention_run_of_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.started_at:%d/%m/%Y %H:%M}: {self.done_count}"
