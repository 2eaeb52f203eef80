"""A dossier: who asked for what, where it is, when it is promised. Only services assign `status`."""

from __future__ import annotations

from django.db import models

from dossiers.constants import Delivery, Status
from dossiers.models.dossier_people import ApplicantColumns
from dossiers.models.dossier_promise import PromiseColumns
from dossiers.models.dossier_standing import StandingColumns
from dossiers.models.dossier_truth import CONSTRAINTS, INDEXES
from dossiers.models.rulesets import RuleSet
from dossiers.querysets import DossierQuerySet
from haddong_portal.common.crypto.fields import EncryptedTextField
from procedures.constants import Channel
from procedures.models import IsoProcess, Procedure, ProcedureCase, ProcedureVersion


class Dossier(StandingColumns, ApplicantColumns, PromiseColumns):
    """One case (hồ sơ). Who asks, where it stands and when it is promised are columns of the three bases; what always
    holds is in `dossier_truth`.

    `owner_unit` is the unit whose step it is now: the indexed column that work lists and rights read.
    `row_version` grows with every act: it is the ETag and the check against a stale form.
    """

    code = models.CharField(max_length=40, unique=True, verbose_name="mã hồ sơ")
    status = models.CharField(max_length=20, choices=Status.choices, verbose_name="trạng thái")
    row_version = models.PositiveIntegerField(default=1, verbose_name="phiên bản dòng")

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="dossiers", verbose_name="thủ tục")
    procedure_version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="dossiers", verbose_name="bản thủ tục"
    )
    procedure_case = models.ForeignKey(
        ProcedureCase, on_delete=models.PROTECT, related_name="dossiers", verbose_name="trường hợp"
    )
    procedure_name = models.CharField(max_length=2000, verbose_name="tên thủ tục")
    iso_process = models.ForeignKey(
        IsoProcess, null=True, blank=True, on_delete=models.PROTECT, related_name="dossiers", verbose_name="quy trình"
    )
    ruleset = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="dossiers", verbose_name="bộ quy tắc")
    calendar_version = models.PositiveIntegerField(null=True, blank=True, verbose_name="phiên bản lịch")

    request_note = models.CharField(max_length=500, blank=True, verbose_name="nội dung yêu cầu")

    channel = models.PositiveSmallIntegerField(choices=Channel.choices, default=Channel.DIRECT, verbose_name="kênh nộp")
    delivery = models.CharField(
        max_length=10, choices=Delivery.choices, default=Delivery.DESK, verbose_name="cách nhận kết quả"
    )
    delivery_address = EncryptedTextField(blank=True, default="", verbose_name="địa chỉ nhận")
    copies = models.PositiveSmallIntegerField(default=1, verbose_name="số bộ hồ sơ")

    unpaid_vnd = models.PositiveIntegerField(default=0, verbose_name="còn phải thu (đồng)")
    fee_vnd = models.PositiveIntegerField(null=True, blank=True, verbose_name="phí (đồng)")
    duty_vnd = models.PositiveIntegerField(null=True, blank=True, verbose_name="lệ phí (đồng)")
    fee_note = models.CharField(max_length=500, blank=True, verbose_name="diễn giải phí, lệ phí")
    book_no = models.CharField(max_length=20, blank=True, verbose_name="quyển số")
    line_no = models.PositiveIntegerField(null=True, blank=True, verbose_name="số thứ tự trong sổ")

    # A second request with the same key is the same intake; the digest tells a reused key from a repeated one.
    intake_key = models.CharField(max_length=80, verbose_name="khóa chống gửi trùng")
    intake_digest = models.CharField(max_length=32, verbose_name="dấu nội dung tiếp nhận")

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ"
        verbose_name_plural = "hồ sơ"
        constraints = CONSTRAINTS
        indexes = INDEXES

    def __str__(self) -> str:
        return self.code
