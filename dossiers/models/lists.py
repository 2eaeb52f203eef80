"""What a person keeps of the work lists."""

from __future__ import annotations

from django.db import models

from haddong_portal.accounts.models import User


class SavedFilter(models.Model):
    """A work list with its filters under a name of one's own."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_filters", verbose_name="người dùng")
    name = models.CharField(max_length=60, verbose_name="tên")
    query = models.CharField(max_length=500, verbose_name="bộ lọc")
    created_at = models.DateTimeField(verbose_name="lúc lưu")

    class Meta:
        verbose_name = "bộ lọc đã lưu"
        verbose_name_plural = "bộ lọc đã lưu"
        ordering = ["user_id", "name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_filter_name_once")]

    def __str__(self) -> str:
        return self.name
