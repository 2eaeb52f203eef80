"""ISO processes: the step table that a dossier follows (domain.md §13)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from haddong_portal.accounts.constants import Role, UnitLevel
from procedures.constants import ProcessKind, ResponsibleUnit, StepAction
from procedures.models.catalogue import Procedure


class IsoProcess(models.Model):
    """A versioned internal process; `procedure` empty = the default of its level (quy trình ISO)."""

    code = models.CharField(max_length=30, verbose_name="mã quy trình")
    version = models.PositiveSmallIntegerField(default=1, verbose_name="lần ban hành")
    name = models.CharField(max_length=300, verbose_name="tên quy trình")
    procedure = models.ForeignKey(
        Procedure, null=True, blank=True, on_delete=models.PROTECT, related_name="iso_processes", verbose_name="thủ tục"
    )
    level = models.CharField(max_length=6, choices=UnitLevel.choices, verbose_name="cấp")
    kind = models.CharField(
        max_length=15, choices=ProcessKind.choices, default=ProcessKind.MULTI_DAY, verbose_name="dùng cho"
    )
    is_default = models.BooleanField(default=False, verbose_name="mặc định của cấp")
    decision_no = models.CharField(max_length=80, blank=True, verbose_name="quyết định ban hành")
    valid_from = models.DateField(verbose_name="có hiệu lực từ")
    valid_to = models.DateField(null=True, blank=True, verbose_name="hết hiệu lực từ")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "quy trình ISO"
        verbose_name_plural = "quy trình ISO"
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="iso_process_version_unique"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="iso_process_validity_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class IsoStep(models.Model):
    """One step: who, where, how many working minutes, which form or record."""

    process = models.ForeignKey(IsoProcess, on_delete=models.CASCADE, related_name="steps", verbose_name="quy trình")
    sequence = models.PositiveSmallIntegerField(verbose_name="thứ tự")
    code = models.CharField(max_length=20, verbose_name="mã bước")
    name = models.CharField(max_length=200, verbose_name="tên bước")
    action = models.CharField(max_length=15, choices=StepAction.choices, verbose_name="loại việc")
    responsible_role = models.CharField(max_length=20, choices=Role.choices, verbose_name="vai trò")
    responsible_unit = models.CharField(max_length=10, choices=ResponsibleUnit.choices, verbose_name="nơi làm")
    limit_minutes = models.PositiveIntegerField(verbose_name="thời hạn (phút làm việc)")
    record = models.CharField(max_length=200, blank=True, verbose_name="biểu mẫu, kết quả")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "bước quy trình"
        verbose_name_plural = "bước quy trình"
        ordering = ["process_id", "sequence"]
        constraints = [models.UniqueConstraint(fields=["process", "sequence"], name="iso_step_sequence_unique")]

    def __str__(self) -> str:
        return self.name
