"""The forms that the desk and the agencies hand out (TT 01/2018, TT 03/2025), as rows: what was said, to whom, when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dossiers.constants import FaultKind, FormKind
from dossiers.models.dossier import Dossier
from dossiers.models.rulesets import RuleSet
from haddong_portal.accounts.models import Unit, User
from haddong_portal.citizens.models import Person
from haddong_portal.common.crypto.fields import EncryptedTextField
from procedures.models import PaperRequirement, Procedure


class Slip(models.Model):
    """One issued form. It is never edited: a wrong one is replaced by a new one that names it.

    Numbered without gaps per unit, kind of form and year. `dossier` is empty for guidance and refusals at the
    counter, where nothing was filed. `due_at` is the promise this paper prints, `contents` what else it prints
    (no personal data).
    """

    dossier = models.ForeignKey(
        Dossier, null=True, blank=True, on_delete=models.PROTECT, related_name="slips", verbose_name="hồ sơ"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="slips", verbose_name="nơi phát hành")
    form_kind = models.CharField(max_length=20, choices=FormKind.choices, verbose_name="loại biểu mẫu")
    ruleset = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="+", verbose_name="bộ quy tắc")
    year = models.PositiveSmallIntegerField(verbose_name="năm")
    number = models.PositiveIntegerField(verbose_name="số")
    issued_at = models.DateTimeField(verbose_name="lúc phát hành")
    issued_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="người phát hành"
    )
    signer_name = models.CharField(max_length=120, blank=True, verbose_name="người ký")
    signer_title = models.CharField(max_length=120, blank=True, verbose_name="chức danh người ký")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="người được cấp"
    )
    applicant_name = models.CharField(max_length=250, blank=True, verbose_name="tên người được cấp")
    applicant_address = EncryptedTextField(blank=True, default="", verbose_name="địa chỉ")
    phone = EncryptedTextField(blank=True, default="", verbose_name="điện thoại")
    procedure = models.ForeignKey(
        Procedure, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="thủ tục"
    )
    request = models.CharField(max_length=2000, blank=True, verbose_name="nội dung yêu cầu")
    reason = models.TextField(blank=True, verbose_name="lý do")
    due_at = models.DateTimeField(null=True, blank=True, verbose_name="ngày hẹn in trên phiếu")
    contents = models.JSONField(default=dict, blank=True, verbose_name="nội dung khác")
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by", verbose_name="thay phiếu"
    )
    # At the counter, where no dossier tells a form sent twice from two visits.
    intake_key = models.CharField(max_length=80, blank=True, verbose_name="khóa chống gửi trùng")

    class Meta:
        verbose_name = "phiếu"
        verbose_name_plural = "phiếu"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "form_kind", "year", "number"], name="slip_number_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="slip_number_positive"),
            models.CheckConstraint(
                condition=Q(dossier__isnull=False) | ~Q(applicant_name=""), name="slip_is_for_somebody"
            ),
            models.UniqueConstraint(
                fields=["issued_by", "intake_key"], condition=~Q(intake_key=""), name="slip_intake_key_unique"
            ),
        ]
        indexes = [models.Index(fields=["unit", "-issued_at"], name="slip_by_unit")]

    def __str__(self) -> str:
        return f"{self.get_form_kind_display()} {self.number}/{self.year}"


class SlipLine(models.Model):
    """One paper that a slip asks for, and whether it has come.

    `fault_key` names paper and fault: a dossier is never asked twice for the same reason (QĐ 766/2022).
    """

    slip = models.ForeignKey(Slip, on_delete=models.CASCADE, related_name="lines", verbose_name="phiếu")
    dossier = models.ForeignKey(
        Dossier, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="hồ sơ"
    )
    position = models.PositiveSmallIntegerField(verbose_name="thứ tự")
    requirement = models.ForeignKey(
        PaperRequirement, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="thành phần"
    )
    name = models.TextField(verbose_name="giấy tờ")
    fault = models.CharField(max_length=12, choices=FaultKind.choices, verbose_name="vì sao cần")
    fault_key = models.CharField(max_length=200, verbose_name="khóa giấy tờ và lý do")
    note = models.CharField(max_length=500, blank=True, verbose_name="cần sửa, bổ sung gì")
    originals = models.PositiveSmallIntegerField(default=0, verbose_name="bản chính")
    certified = models.PositiveSmallIntegerField(default=0, verbose_name="bản chứng thực")
    copies = models.PositiveSmallIntegerField(default=0, verbose_name="bản chụp")
    received_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc nhận đủ")

    class Meta:
        verbose_name = "dòng của phiếu"
        verbose_name_plural = "dòng của phiếu"
        ordering = ["slip_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["slip", "position"], name="slip_line_position_unique"),
            models.UniqueConstraint(
                fields=["dossier", "fault_key"],
                condition=Q(dossier__isnull=False),
                name="slip_line_same_reason_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name[:80]
