"""What a person keeps of the work lists."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from haddong_portal.accounts.models import Unit, User


class SavedFilter(models.Model):
    """A work list with its filters under a name of one's own; `shared_with` lets a unit use it too."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_filters", verbose_name="người dùng")
    name = models.CharField(max_length=60, verbose_name="tên")
    query = models.CharField(max_length=500, verbose_name="bộ lọc")
    shared_with = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="shared_filters",
        verbose_name="dùng chung với đơn vị",
    )
    is_default = models.BooleanField(default=False, verbose_name="mở đầu tiên")
    created_at = models.DateTimeField(verbose_name="lúc lưu")

    class Meta:
        verbose_name = "bộ lọc đã lưu"
        verbose_name_plural = "bộ lọc đã lưu"
        ordering = ["user_id", "name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="saved_filter_name_once"),
            models.UniqueConstraint(fields=["user"], condition=Q(is_default=True), name="saved_filter_one_opens_first"),
        ]

    def __str__(self) -> str:
        return self.name
