"""Contents at rest, one row for each: the files lie sealed on the storage `papers`, under their mark."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dossiers.papers.constants import FileState
from haddong_portal.common.blobs.marks import MARK_LENGTH


class StoredFile(models.Model):
    """One content, stored once however many papers hold it; `mark` is its keyed hash and its name in the storage."""

    mark = models.CharField(max_length=MARK_LENGTH, unique=True, verbose_name="dấu nội dung")
    size_bytes = models.PositiveBigIntegerField(verbose_name="dung lượng (byte)")
    key_id = models.CharField(max_length=8, verbose_name="khóa đã dùng")
    state = models.CharField(
        max_length=8, choices=FileState.choices, default=FileState.PRESENT, verbose_name="tình trạng"
    )
    checked_at = models.DateTimeField(verbose_name="kiểm tra lần cuối")
    created_at = models.DateTimeField(verbose_name="lúc lưu")

    class Meta:
        verbose_name = "tệp trong kho"
        verbose_name_plural = "tệp trong kho"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(mark__regex=r"^[0-9a-f]{64}$"), name="stored_file_mark_form"),
            models.CheckConstraint(condition=Q(size_bytes__gte=1), name="stored_file_not_empty"),
        ]
        indexes = [
            # the nightly sweep: what was proven longest ago
            models.Index(fields=["checked_at", "id"], condition=~Q(state=FileState.REMOVED), name="stored_file_sweep"),
            # the list of what people must look at
            models.Index(
                fields=["id"],
                condition=Q(state__in=[FileState.DAMAGED, FileState.MISSING]),
                name="stored_file_not_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.mark[:12]
