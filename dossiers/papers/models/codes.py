"""Codes that open a paper to somebody without an account: a citizen's share code, a result's proof of authenticity."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from dossiers.papers.models.papers import Paper, PaperVersion


class ShareCode(models.Model):
    """A citizen's code for one paper, for a while and a number of uses; only its digest is kept."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="share_codes", verbose_name="giấy tờ")
    digest = models.CharField(max_length=64, unique=True, verbose_name="dấu của mã")
    made_at = models.DateTimeField(verbose_name="lúc tạo")
    expires_at = models.DateTimeField(verbose_name="hết hạn lúc")
    uses_max = models.PositiveSmallIntegerField(default=1, verbose_name="số lần được dùng")
    used_count = models.PositiveSmallIntegerField(default=0, verbose_name="số lần đã dùng")
    revoked_at = models.DateTimeField(null=True, blank=True, verbose_name="thu hồi lúc")

    class Meta:
        verbose_name = "mã chia sẻ"
        verbose_name_plural = "mã chia sẻ"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="share_code_expires_later"),
            models.CheckConstraint(
                condition=Q(uses_max__gte=1, used_count__lte=F("uses_max")), name="share_code_uses_within"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} ({self.used_count}/{self.uses_max})"


class VerificationCode(models.Model):
    """What the QR code of an issued result carries: one unguessable code for one version."""

    code = models.CharField(max_length=60, unique=True, verbose_name="mã xác thực")
    version = models.OneToOneField(
        PaperVersion, on_delete=models.PROTECT, related_name="verification_code", verbose_name="bản"
    )
    # The thing of an upper app that the paper is a result of: "dossier:<code>".
    reference = models.CharField(max_length=80, blank=True, verbose_name="kết quả của")
    made_at = models.DateTimeField(verbose_name="lúc tạo")

    class Meta:
        verbose_name = "mã xác thực"
        verbose_name_plural = "mã xác thực"
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(code=""), name="verification_code_not_empty")]

    def __str__(self) -> str:
        return self.code
