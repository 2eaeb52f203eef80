"""What came out of a dossier and who took it away."""

from __future__ import annotations

from django.db import models

from dossiers.constants import CollectMethod
from dossiers.models.dossier import Dossier
from dossiers.papers.models import PaperVersion
from haddong_portal.accounts.models import User
from haddong_portal.common.crypto.fields import EncryptedTextField


class ResultFile(models.Model):
    """A result of a dossier as a private file; never served except through a checked view."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="results", verbose_name="hồ sơ")
    number = models.CharField(max_length=60, blank=True, verbose_name="số, ký hiệu")
    name = models.CharField(max_length=300, verbose_name="tên kết quả")
    file = models.FileField(upload_to="results/%Y/%m", verbose_name="tệp")
    # Where `file` is a copy without active content: what was uploaded. Never shown.
    original = models.FileField(upload_to="originals/%Y/%m", blank=True, verbose_name="tệp gốc")
    content_type = models.CharField(max_length=60, verbose_name="loại tệp")
    size_bytes = models.PositiveIntegerField(verbose_name="dung lượng (byte)")
    sha256 = models.CharField(max_length=64, verbose_name="dấu SHA-256")
    issued_on = models.DateField(null=True, blank=True, verbose_name="ngày ký")
    signer_name = models.CharField(max_length=120, blank=True, verbose_name="người ký")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi nhận")
    recorded_at = models.DateTimeField(verbose_name="lúc ghi nhận")
    is_refusal = models.BooleanField(default=False, verbose_name="văn bản từ chối")
    # The signed paper in the owner's store, once it was issued; `file` stays what was uploaded.
    paper_version = models.OneToOneField(
        PaperVersion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="bản trong kho giấy tờ",
    )
    superseded_at = models.DateTimeField(null=True, blank=True, verbose_name="bị thay thế lúc")

    class Meta:
        verbose_name = "kết quả"
        verbose_name_plural = "kết quả"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class HandOver(models.Model):
    """Who collected the result, how they proved it and how they signed (Mẫu 06)."""

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="hand_over", verbose_name="hồ sơ")
    collector_name = models.CharField(max_length=120, verbose_name="người nhận")
    collector_id = EncryptedTextField(blank=True, default="", verbose_name="số định danh người nhận")
    relation = models.CharField(max_length=120, blank=True, verbose_name="quan hệ, giấy ủy quyền")
    method = models.CharField(max_length=15, choices=CollectMethod.choices, verbose_name="cách ký nhận")
    signature_svg = EncryptedTextField(blank=True, default="", verbose_name="nét ký")
    proof_note = models.CharField(max_length=200, blank=True, verbose_name="chứng từ")
    handed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người trả")
    handed_at = models.DateTimeField(verbose_name="lúc trả")

    class Meta:
        verbose_name = "lần trả kết quả"
        verbose_name_plural = "lần trả kết quả"

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.collector_name}"
