"""The calendar and the office hours: dated data with a source (domain.md §4)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from haddong_portal.accounts.constants import DayKindChoice
from haddong_portal.accounts.models.units import Unit


class CalendarVersion(models.Model):
    """Every change of days or hours makes a version; a dossier names the one its date was computed with."""

    number = models.PositiveIntegerField(unique=True, verbose_name="số")
    made_at = models.DateTimeField(verbose_name="lúc lập")
    note = models.CharField(max_length=300, blank=True, verbose_name="lý do")

    class Meta:
        verbose_name = "phiên bản lịch"
        verbose_name_plural = "phiên bản lịch"
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Lịch số {self.number}"


class CalendarDay(models.Model):
    """A day that is not what its weekday says: holiday, compensation, swap."""

    on = models.DateField(unique=True, verbose_name="ngày")
    kind = models.CharField(max_length=10, choices=DayKindChoice.choices, verbose_name="loại ngày")
    name = models.CharField(max_length=120, verbose_name="tên gọi")
    legal_source = models.CharField(max_length=300, verbose_name="căn cứ")
    certainty = models.CharField(max_length=10, default="high", verbose_name="độ chắc chắn")
    history = HistoricalRecords()
    _change_reason: str  # read by the history when a change is saved

    class Meta:
        verbose_name = "ngày đặc biệt"
        verbose_name_plural = "ngày đặc biệt"
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y} {self.name}"


class OfficeHours(models.Model):
    """A session of a weekday (1 = Monday … 7 = Sunday) for one unit, or for all when `unit` is empty."""

    class Kind(models.TextChoices):
        WORK = "work", "giờ làm việc"
        RECEPTION = "reception", "chỉ tiếp nhận"

    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="office_hours", verbose_name="đơn vị"
    )
    weekday = models.PositiveSmallIntegerField(verbose_name="thứ")
    starts = models.TimeField(verbose_name="từ giờ")
    ends = models.TimeField(verbose_name="đến giờ")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.WORK, verbose_name="loại")
    valid_from = models.DateField(verbose_name="từ ngày")
    valid_to = models.DateField(null=True, blank=True, verbose_name="đến trước ngày")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "giờ làm việc"
        verbose_name_plural = "giờ làm việc"
        ordering = ["weekday", "starts"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="office_hours_order"),
            models.CheckConstraint(condition=Q(weekday__gte=1, weekday__lte=7), name="office_hours_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday}: {self.starts:%H:%M}–{self.ends:%H:%M}"
