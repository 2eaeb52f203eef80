"""What a citizen files from home: the unfinished form, and the uploaded papers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dossiers.constants import UploadState
from dossiers.models.dossier import Dossier
from haddong_portal.accounts.models import Unit
from haddong_portal.common.crypto.fields import BlindIndexField, EncryptedTextField
from procedures.models import PaperRequirement, Procedure


class FilingDraft(models.Model):
    """An online form that survives a closed browser: opened again by its secret key. All content is encrypted."""

    key = models.UUIDField(unique=True, verbose_name="khóa")
    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="+", verbose_name="thủ tục")
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="nơi nộp"
    )
    content = EncryptedTextField(blank=True, default="", verbose_name="nội dung")
    phone = EncryptedTextField(blank=True, default="", verbose_name="điện thoại")
    phone_index = BlindIndexField(source="phone")
    phone_confirmed_at = models.DateTimeField(null=True, blank=True, verbose_name="xác nhận điện thoại lúc")
    created_at = models.DateTimeField(verbose_name="lúc tạo")
    updated_at = models.DateTimeField(verbose_name="lúc lưu")
    dossier = models.OneToOneField(
        Dossier, null=True, blank=True, on_delete=models.SET_NULL, related_name="filing", verbose_name="hồ sơ"
    )

    class Meta:
        verbose_name = "bản khai trực tuyến"
        verbose_name_plural = "bản khai trực tuyến"
        indexes = [models.Index(fields=["updated_at"], name="filing_draft_by_time")]

    def __str__(self) -> str:
        return str(self.key)


# What the checker has not decided on: held back, or filed before there was a checker.
UNDECIDED = Q(state=UploadState.HELD) | Q(state=UploadState.SHOWN, check_code="")


class FiledPaper(models.Model):
    """One file that a citizen uploaded for one component; private, served through a checked view only."""

    draft = models.ForeignKey(
        FilingDraft, null=True, blank=True, on_delete=models.CASCADE, related_name="papers", verbose_name="bản khai"
    )
    dossier = models.ForeignKey(
        Dossier, null=True, blank=True, on_delete=models.PROTECT, related_name="filed_papers", verbose_name="hồ sơ"
    )
    requirement = models.ForeignKey(
        PaperRequirement, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="thành phần"
    )
    name = models.CharField(max_length=300, verbose_name="tên tệp")
    file = models.FileField(upload_to="filed/%Y/%m", verbose_name="tệp")
    # Where `file` is a copy without active content: what was uploaded. Never shown.
    original = models.FileField(upload_to="originals/%Y/%m", blank=True, verbose_name="tệp gốc")
    state = models.CharField(max_length=10, choices=UploadState, default=UploadState.SHOWN, verbose_name="tình trạng")
    check_code = models.CharField(max_length=40, blank=True, verbose_name="mã kiểm tra")
    content_type = models.CharField(max_length=60, verbose_name="loại tệp")
    size_bytes = models.PositiveIntegerField(verbose_name="dung lượng (byte)")
    sha256 = models.CharField(max_length=64, verbose_name="dấu SHA-256")
    uploaded_at = models.DateTimeField(verbose_name="lúc tải lên")

    class Meta:
        verbose_name = "tệp nộp trực tuyến"
        verbose_name_plural = "tệp nộp trực tuyến"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(draft__isnull=False) | Q(dossier__isnull=False), name="filed_paper_belongs_somewhere"
            ),
            models.CheckConstraint(condition=Q(state__in=UploadState.values), name="filed_paper_state"),
            models.CheckConstraint(
                condition=~Q(state=UploadState.REFUSED) | ~Q(check_code=""), name="filed_paper_refused_with_code"
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=UNDECIDED, name="filed_paper_undecided")]

    def __str__(self) -> str:
        return self.name
