"""What happened to a dossier's clock: its stops, its re-appointment, its reminders."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from dossiers.constants import IntervalKind
from dossiers.models.dossier import Dossier
from dossiers.models.slips import Slip
from haddong_portal.accounts.models import User


class Pause(models.Model):
    """One stop of the clock with its reason and its paper (domain.md §1.6). Open while `ended_at` is empty."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="pauses", verbose_name="hồ sơ")
    kind = models.CharField(max_length=12, choices=IntervalKind.choices, verbose_name="loại dừng")
    started_at = models.DateTimeField(verbose_name="từ lúc")
    ended_at = models.DateTimeField(null=True, blank=True, verbose_name="đến lúc")
    reason = models.CharField(max_length=1000, blank=True, verbose_name="lý do")
    # What the sector's law said where the rule-set leaves it to the procedure; empty = the kind alone decides.
    pauses_clock = models.BooleanField(null=True, blank=True, verbose_name="đồng hồ dừng theo luật chuyên ngành")
    slip = models.ForeignKey(
        Slip, null=True, blank=True, on_delete=models.PROTECT, related_name="pauses", verbose_name="giấy tờ"
    )
    outage = models.ForeignKey(
        "dossiers.Outage", null=True, blank=True, on_delete=models.PROTECT, related_name="stops", verbose_name="sự cố"
    )

    class Meta:
        verbose_name = "khoảng dừng"
        verbose_name_plural = "khoảng dừng"
        ordering = ["dossier_id", "started_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="pause_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["dossier", "kind"], condition=Q(ended_at__isnull=True), name="pause_one_open_per_kind"
            ),
            models.UniqueConstraint(
                fields=["dossier", "outage"], condition=Q(outage__isnull=False), name="pause_once_per_outage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.get_kind_display()}"


class Extension(models.Model):
    """A re-appointment (T11): apology, reason and the new date. The rule-set caps how many there may be."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="extensions", verbose_name="hồ sơ")
    sequence_no = models.PositiveSmallIntegerField(default=1, verbose_name="lần")
    slip = models.ForeignKey(Slip, on_delete=models.PROTECT, related_name="+", verbose_name="phiếu xin lỗi")
    reason = models.CharField(max_length=1000, verbose_name="lý do")
    old_due_at = models.DateTimeField(verbose_name="hẹn cũ")
    new_due_at = models.DateTimeField(verbose_name="hẹn mới")
    is_late = models.BooleanField(default=False, verbose_name="ban hành sau thời điểm cho phép")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người ký")
    decided_at = models.DateTimeField(verbose_name="lúc ký")

    class Meta:
        verbose_name = "lần hẹn lại"
        verbose_name_plural = "lần hẹn lại"
        ordering = ["dossier_id", "sequence_no"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "sequence_no"], name="extension_number_unique"),
            models.CheckConstraint(condition=Q(new_due_at__gt=F("old_due_at")), name="extension_moves_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.new_due_at:%d/%m/%Y}"


class Reminder(models.Model):
    """A reminder that has spoken: at most one per dossier, rule and day, however often beat or workers run."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="reminders", verbose_name="hồ sơ")
    rule = models.CharField(max_length=20, verbose_name="quy tắc nhắc")
    day = models.DateField(verbose_name="ngày")
    at = models.DateTimeField(verbose_name="lúc nhắc")
    recipients = models.PositiveSmallIntegerField(default=0, verbose_name="số người được nhắc")

    class Meta:
        verbose_name = "lần nhắc"
        verbose_name_plural = "lần nhắc"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["dossier", "rule", "day"], name="reminder_once_per_rule_day")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.rule} {self.day:%d/%m/%Y}"
