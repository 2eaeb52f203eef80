"""The step log: who had the dossier, from when to when, planned and actual working minutes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from dossiers.constants import LateReason, Proposal, StepState
from dossiers.models.dossier import Dossier
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit, User
from procedures.constants import StepAction
from procedures.models import IsoStep


class StepRun(models.Model):
    """One run of an ISO step for a dossier; a step sent back runs again as a new row."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="steps", verbose_name="hồ sơ")
    step = models.ForeignKey(IsoStep, on_delete=models.PROTECT, related_name="runs", verbose_name="bước")
    run_no = models.PositiveSmallIntegerField(verbose_name="lượt")
    # 0 = the lead line that the dossier stands on; others run beside it until they join.
    branch = models.PositiveSmallIntegerField(default=0, verbose_name="nhánh")
    action = models.CharField(max_length=15, choices=StepAction.choices, verbose_name="loại việc")
    role = models.CharField(max_length=20, choices=Role.choices, verbose_name="vai trò")
    name = models.CharField(max_length=200, verbose_name="tên bước")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="step_runs", verbose_name="đơn vị")
    officer = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="step_runs", verbose_name="người làm"
    )
    state = models.CharField(
        max_length=10, choices=StepState.choices, default=StepState.WAITING, verbose_name="trạng thái"
    )
    handed_at = models.DateTimeField(verbose_name="lúc giao")
    starts_at = models.DateTimeField(verbose_name="tính giờ từ")
    taken_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc nhận")
    finished_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc xong")
    step_due_at = models.DateTimeField(verbose_name="hạn của bước")
    planned_minutes = models.PositiveIntegerField(verbose_name="phút làm việc theo quy trình")
    actual_minutes = models.PositiveIntegerField(null=True, blank=True, verbose_name="phút làm việc thực tế")
    note = models.CharField(max_length=1000, blank=True, verbose_name="ghi chú")
    # Said at the end of an examination; what a leader sees before signing.
    proposal = models.CharField(max_length=10, choices=Proposal.choices, blank=True, verbose_name="đề xuất")
    late_reason = models.CharField(max_length=12, choices=LateReason.choices, blank=True, verbose_name="lý do chậm")
    late_note = models.CharField(max_length=300, blank=True, verbose_name="diễn giải chậm")

    class Meta:
        verbose_name = "lượt thực hiện bước"
        verbose_name_plural = "lượt thực hiện bước"
        ordering = ["dossier_id", "run_no"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "run_no"], name="step_run_number_unique"),
            models.UniqueConstraint(
                fields=["dossier", "branch"],
                condition=Q(state__in=["waiting", "working"]),
                name="step_run_one_open_per_branch",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("handed_at")),
                name="step_run_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "sent_back"], finished_at__isnull=False)
                | Q(state__in=["waiting", "working"], finished_at__isnull=True),
                name="step_run_finished_has_time",
            ),
        ]
        indexes = [
            # the work list of parallel branches: few rows, the lead line is read from the dossier itself
            models.Index(
                fields=["unit", "step_due_at"],
                condition=Q(branch__gt=0, state__in=["waiting", "working"]),
                name="step_run_open_branch",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.run_no}. {self.name}"
