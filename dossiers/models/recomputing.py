"""Outages of systems, and the runs that compute the dates of open dossiers anew, with a line for each that moved."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from dossiers.constants import RecomputeCause
from dossiers.models.dossier import Dossier
from haddong_portal.accounts.models import Unit, User


class Outage(models.Model):
    """From when to when a system could not be used. Without a unit it stood still for everybody.

    What it does to a dossier's clock is the dossier's own rule-set's (`system_outage_clock_policy`).
    """

    system = models.CharField(max_length=120, verbose_name="hệ thống")
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="outages", verbose_name="đơn vị"
    )
    started_at = models.DateTimeField(verbose_name="từ lúc")
    ended_at = models.DateTimeField(verbose_name="đến lúc")
    reason = models.CharField(max_length=1000, verbose_name="lý do")
    paper = models.CharField(max_length=300, blank=True, verbose_name="văn bản, biên bản")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi nhận")
    recorded_at = models.DateTimeField(verbose_name="lúc ghi nhận")

    class Meta:
        verbose_name = "sự cố hệ thống"
        verbose_name_plural = "sự cố hệ thống"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gt=F("started_at")), name="outage_ends_after_start"),
            models.UniqueConstraint(
                fields=["system", "unit", "started_at"], nulls_distinct=False, name="outage_recorded_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.started_at:%d/%m/%Y}"


class Recomputation(models.Model):
    """One run over the open dossiers after a change of the calendar or an outage.

    `last_dossier_id` is where it stands: a run that was cut off goes on from there. It moves with each batch's own
    transaction, so no dossier is done twice and none is left out.
    """

    cause = models.CharField(max_length=10, choices=RecomputeCause.choices, verbose_name="vì")
    outage = models.ForeignKey(
        Outage, null=True, blank=True, on_delete=models.PROTECT, related_name="runs", verbose_name="sự cố"
    )
    calendar_version = models.PositiveIntegerField(verbose_name="lịch số")
    note = models.CharField(max_length=300, blank=True, verbose_name="nội dung")
    started_at = models.DateTimeField(verbose_name="bắt đầu lúc")
    finished_at = models.DateTimeField(null=True, blank=True, verbose_name="xong lúc")
    total = models.PositiveIntegerField(default=0, verbose_name="số hồ sơ đang giải quyết")
    checked = models.PositiveIntegerField(default=0, verbose_name="đã xem")
    moved = models.PositiveIntegerField(default=0, verbose_name="đổi ngày hẹn")
    waiting = models.PositiveIntegerField(default=0, verbose_name="chờ giấy hẹn mới")
    last_dossier_id = models.BigIntegerField(default=0, verbose_name="đã xong đến hồ sơ")

    class Meta:
        verbose_name = "lần tính lại ngày hẹn"
        verbose_name_plural = "lần tính lại ngày hẹn"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar_version"], condition=Q(cause="calendar"), name="recomputation_one_per_calendar"
            ),
            models.UniqueConstraint(
                fields=["outage"], condition=Q(cause="outage"), name="recomputation_one_per_outage"
            ),
            models.CheckConstraint(
                condition=Q(cause="calendar", outage__isnull=True) | Q(cause="outage", outage__isnull=False),
                name="recomputation_has_its_cause",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(finished_at__isnull=True), name="recomputation_unfinished"),
        ]

    def __str__(self) -> str:
        return f"{self.get_cause_display()} {self.pk}"


class RecomputedLine(models.Model):
    """One dossier whose date a run moved: the log of a change that nobody typed.

    `waits` = the date became later than the printed one, so it binds only once a new receipt is handed out.
    """

    run = models.ForeignKey(Recomputation, on_delete=models.CASCADE, related_name="lines", verbose_name="lần tính lại")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", verbose_name="hồ sơ")
    old_due_at = models.DateTimeField(verbose_name="hẹn cũ")
    new_due_at = models.DateTimeField(verbose_name="hẹn tính lại")
    waits = models.BooleanField(verbose_name="chờ giấy hẹn mới")
    at = models.DateTimeField(verbose_name="lúc")

    class Meta:
        verbose_name = "dòng tính lại"
        verbose_name_plural = "dòng tính lại"
        ordering = ["run_id", "id"]
        constraints = [models.UniqueConstraint(fields=["run", "dossier"], name="recomputed_line_once")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.dossier_id}"
