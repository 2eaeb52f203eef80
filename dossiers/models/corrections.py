"""When something went wrong or the applicant steps back: withdrawal (T14), correction and loss (T16)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dossiers.constants import CorrectionKind, MistakeBy
from dossiers.models.dossier import Dossier
from dossiers.models.results import ResultFile
from dossiers.models.slips import Slip
from haddong_portal.accounts.models import User
from haddong_portal.common.crypto.fields import EncryptedTextField


class WithdrawalRequest(models.Model):
    """The applicant asks for the dossier back; the desk checks that no result exists and decides."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="withdrawals", verbose_name="hồ sơ")
    asked_at = models.DateTimeField(verbose_name="lúc đề nghị")
    is_online = models.BooleanField(default=False, verbose_name="đề nghị trực tuyến")
    reason = models.CharField(max_length=1000, blank=True, verbose_name="lý do")
    recorded_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    accepted = models.BooleanField(null=True, blank=True, verbose_name="được chấp nhận")
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="người quyết định"
    )
    decided_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc quyết định")
    answer = models.CharField(max_length=1000, blank=True, verbose_name="trả lời")

    class Meta:
        verbose_name = "đề nghị rút hồ sơ"
        verbose_name_plural = "đề nghị rút hồ sơ"
        ordering = ["dossier_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(decided_at__isnull=True), name="withdrawal_one_open_per_dossier"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, accepted__isnull=True)
                | Q(decided_at__isnull=False, accepted__isnull=False),
                name="withdrawal_decided_has_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.asked_at:%d/%m/%Y}"


class Correction(models.Model):
    """A mistake put right, with what stood there before and whose mistake it was (NĐ 61 art. 21)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="corrections", verbose_name="hồ sơ")
    kind = models.CharField(max_length=10, choices=CorrectionKind.choices, verbose_name="sửa gì")
    field = models.CharField(max_length=40, blank=True, verbose_name="mục")
    old_value = EncryptedTextField(blank=True, default="", verbose_name="trước")
    new_value = EncryptedTextField(blank=True, default="", verbose_name="sau")
    old_result = models.ForeignKey(
        ResultFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="kết quả cũ"
    )
    new_result = models.ForeignKey(
        ResultFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="kết quả mới"
    )
    mistake_by = models.CharField(max_length=10, choices=MistakeBy.choices, verbose_name="lỗi của")
    reason = models.CharField(max_length=1000, verbose_name="lý do")
    slip = models.ForeignKey(
        Slip, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="thư xin lỗi"
    )
    corrected_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người sửa")
    corrected_at = models.DateTimeField(verbose_name="lúc sửa")

    class Meta:
        verbose_name = "lần đính chính"
        verbose_name_plural = "lần đính chính"
        ordering = ["dossier_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="result", new_result__isnull=False) | Q(kind="field", new_result__isnull=True),
                name="correction_result_has_new_one",
            ),
            models.CheckConstraint(
                condition=~Q(mistake_by="agency", kind="result") | Q(slip__isnull=False),
                name="correction_by_agency_has_apology",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.get_kind_display()}"


class LossReport(models.Model):
    """Papers of a dossier were lost: apology, and the cost of making them again (NĐ 61 art. 21)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="losses", verbose_name="hồ sơ")
    what = models.TextField(verbose_name="giấy tờ bị mất")
    reason = models.CharField(max_length=1000, verbose_name="nguyên nhân")
    remedy = models.CharField(max_length=1000, verbose_name="cách khắc phục")
    cost_vnd = models.PositiveIntegerField(default=0, verbose_name="chi phí làm lại (đồng)")
    slip = models.ForeignKey(Slip, on_delete=models.PROTECT, related_name="+", verbose_name="thư xin lỗi")
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người báo")
    reported_at = models.DateTimeField(verbose_name="lúc báo")

    class Meta:
        verbose_name = "báo mất giấy tờ"
        verbose_name_plural = "báo mất giấy tờ"
        ordering = ["dossier_id", "id"]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.what[:60]}"
