"""Short links behind printed QR codes: they name a procedure, a unit or a counter, never a version."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from haddong_portal.accounts.models import Unit
from procedures.constants import LinkKind
from procedures.models.catalogue import Procedure


class ShortLink(models.Model):
    """A stable short token; what it opens may change, the printed code never does."""

    token = models.CharField(max_length=12, unique=True, verbose_name="mã ngắn")
    kind = models.CharField(max_length=10, choices=LinkKind.choices, verbose_name="loại")
    procedure = models.ForeignKey(
        Procedure, null=True, blank=True, on_delete=models.PROTECT, related_name="short_links", verbose_name="thủ tục"
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="short_links", verbose_name="đơn vị"
    )
    label = models.CharField(max_length=60, blank=True, verbose_name="tên quầy")
    created_at = models.DateTimeField(verbose_name="lúc tạo")

    class Meta:
        verbose_name = "liên kết QR"
        verbose_name_plural = "liên kết QR"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="procedure", procedure__isnull=False)
                | Q(kind__in=["unit", "counter"], unit__isnull=False),
                name="short_link_has_target",
            ),
            models.UniqueConstraint(
                fields=["kind", "procedure", "unit", "label"], nulls_distinct=False, name="short_link_target_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.token


class ScanCount(models.Model):
    """Scans of a link on a day: a number, no personal data."""

    link = models.ForeignKey(ShortLink, on_delete=models.CASCADE, related_name="scans", verbose_name="liên kết")
    on = models.DateField(verbose_name="ngày")
    count = models.PositiveIntegerField(default=0, verbose_name="lượt quét")

    class Meta:
        verbose_name = "lượt quét QR"
        verbose_name_plural = "lượt quét QR"
        constraints = [models.UniqueConstraint(fields=["link", "on"], name="scan_count_one_row_a_day")]

    def __str__(self) -> str:
        return f"{self.link} {self.on}: {self.count}"
