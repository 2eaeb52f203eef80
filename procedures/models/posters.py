"""Batches of posters that a worker prints: the row is the job, its progress and where the file is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from haddong_portal.accounts.models import Unit
from procedures.constants import BatchState


class PosterBatch(models.Model):
    """Posters of a unit's procedures, its list and its counters, made in the background."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="poster_batches", verbose_name="đơn vị")
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="poster_batches",
        verbose_name="người yêu cầu",
    )
    with_procedures = models.BooleanField(default=True, verbose_name="áp phích từng thủ tục")
    counters = models.JSONField(default=list, blank=True, verbose_name="tên các quầy")
    state = models.CharField(
        max_length=10, choices=BatchState.choices, default=BatchState.QUEUED, verbose_name="trạng thái"
    )
    total = models.PositiveIntegerField(default=0, verbose_name="số tờ")
    done = models.PositiveIntegerField(default=0, verbose_name="đã dựng")
    attempts = models.PositiveSmallIntegerField(default=0, verbose_name="số lần thử")
    error = models.CharField(max_length=300, blank=True, verbose_name="lỗi")
    file = models.FileField(upload_to="posters/%Y/%m", blank=True, verbose_name="tệp in")
    created_at = models.DateTimeField(verbose_name="lúc yêu cầu")
    touched_at = models.DateTimeField(verbose_name="lúc có tiến triển")
    finished_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc xong")

    class Meta:
        verbose_name = "lượt in áp phích"
        verbose_name_plural = "lượt in áp phích"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="poster_batch_done_within_total"),
            models.CheckConstraint(
                condition=~Q(state="done") | (Q(finished_at__isnull=False) & ~Q(file="")),
                name="poster_batch_done_has_file",
            ),
        ]
        indexes = [
            models.Index(fields=["touched_at"], condition=Q(state__in=["queued", "running"]), name="poster_batch_open")
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.total} áp phích"
