"""ISO processes: the step table that a dossier follows, issue by issue (domain.md §13).

The lead line (`branch` 0) is a sequence; branches run beside it and a lead step waits for them (NĐ 61/2018 art. 19.6:
one lead, several co-processing units, each with its own duty and deadline).
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from haddong_portal.accounts.constants import Role, UnitLevel
from haddong_portal.accounts.models import Unit
from procedures.constants import ProcessKind, ProcessState, ResponsibleUnit, StepAction
from procedures.models.catalogue import Procedure
from procedures.models.delegations import Delegation


class IsoProcess(models.Model):
    """An issue of an internal process; `procedure` empty = the default of its level (quy trình ISO).

    A draft has no day in force, so no dossier starts on it. `valid_to` is the first day without it: the next issue's
    first day, or the day it was retired. A dossier keeps the issue that it started with.
    """

    code = models.CharField(max_length=30, verbose_name="mã quy trình")
    version = models.PositiveSmallIntegerField(default=1, verbose_name="lần ban hành")
    state = models.CharField(
        max_length=10, choices=ProcessState.choices, default=ProcessState.DRAFT, verbose_name="trạng thái"
    )
    name = models.CharField(max_length=300, verbose_name="tên quy trình")
    procedure = models.ForeignKey(
        Procedure, null=True, blank=True, on_delete=models.PROTECT, related_name="iso_processes", verbose_name="thủ tục"
    )
    level = models.CharField(max_length=6, choices=UnitLevel.choices, verbose_name="cấp")
    kind = models.CharField(
        max_length=15, choices=ProcessKind.choices, default=ProcessKind.MULTI_DAY, verbose_name="dùng cho"
    )
    is_default = models.BooleanField(default=False, verbose_name="mặc định của cấp")
    delegation = models.ForeignKey(
        Delegation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="iso_processes",
        verbose_name="theo ủy quyền",
    )
    promised_cut_minutes = models.PositiveIntegerField(default=0, verbose_name="cam kết cắt giảm (phút làm việc)")
    decision_no = models.CharField(max_length=80, blank=True, verbose_name="quyết định ban hành")
    decided_on = models.DateField(null=True, blank=True, verbose_name="ngày quyết định")
    approver_name = models.CharField(max_length=120, blank=True, verbose_name="người phê duyệt")
    approver_title = models.CharField(max_length=120, blank=True, verbose_name="chức vụ người phê duyệt")
    prepared_by = models.CharField(max_length=120, blank=True, verbose_name="người soạn thảo")
    checked_by = models.CharField(max_length=120, blank=True, verbose_name="người kiểm tra")
    recipients = ArrayField(
        models.CharField(max_length=200), default=list, blank=True, verbose_name="nơi nhận tài liệu"
    )
    valid_from = models.DateField(null=True, blank=True, verbose_name="có hiệu lực từ")
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
            models.CheckConstraint(
                condition=Q(state="draft", valid_from__isnull=True, valid_to__isnull=True)
                | (~Q(state="draft") & Q(valid_from__isnull=False)),
                name="iso_process_in_force_once_published",
            ),
            models.CheckConstraint(
                condition=~Q(state="retired") | Q(valid_to__isnull=False), name="iso_process_retired_has_end"
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(state="published", valid_to__isnull=True),
                name="iso_process_one_open_issue",
            ),
            models.UniqueConstraint(fields=["code"], condition=Q(state="draft"), name="iso_process_one_draft"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class IsoStep(models.Model):
    """One step: who, where, how many working minutes, which form or record.

    The first step of a branch says after which lead step it starts and which lead step waits for the branch.
    `returns_to` lists the steps of the same line it may be sent back to; empty = any earlier one. `unit` names a
    concrete unit in place of `responsible_unit`.
    """

    process = models.ForeignKey(IsoProcess, on_delete=models.CASCADE, related_name="steps", verbose_name="quy trình")
    sequence = models.PositiveSmallIntegerField(verbose_name="thứ tự")
    branch = models.PositiveSmallIntegerField(default=0, verbose_name="nhánh (0 là tuyến chính)")
    starts_after = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="bắt đầu sau bước")
    joins_before = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="bước chờ nhánh này")
    returns_to = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, verbose_name="trả lại được về bước"
    )
    code = models.CharField(max_length=20, verbose_name="mã bước")
    name = models.CharField(max_length=200, verbose_name="tên bước")
    action = models.CharField(max_length=15, choices=StepAction.choices, verbose_name="loại việc")
    content = models.TextField(blank=True, verbose_name="nội dung công việc")
    responsible_role = models.CharField(max_length=20, choices=Role.choices, verbose_name="vai trò")
    responsible_unit = models.CharField(max_length=10, choices=ResponsibleUnit.choices, verbose_name="nơi làm")
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="iso_steps", verbose_name="đơn vị cụ thể"
    )
    post_title = models.CharField(max_length=150, blank=True, verbose_name="vị trí chịu trách nhiệm")
    limit_minutes = models.PositiveIntegerField(verbose_name="thời hạn (phút làm việc)")
    record = models.CharField(max_length=200, blank=True, verbose_name="biểu mẫu, kết quả")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "bước quy trình"
        verbose_name_plural = "bước quy trình"
        ordering = ["process_id", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["process", "sequence"], name="iso_step_sequence_unique"),
            models.CheckConstraint(
                condition=~Q(branch=0) | Q(starts_after__isnull=True, joins_before__isnull=True),
                name="iso_step_lead_has_no_join",
            ),
            models.CheckConstraint(
                condition=Q(starts_after__isnull=True)
                | Q(joins_before__isnull=True)
                | Q(joins_before__gt=F("starts_after")),
                name="iso_step_join_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name
