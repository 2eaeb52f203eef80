"""One row that says which state of the catalogue is current, so that each worker knows when to read it again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class CatalogueState(models.Model):
    """The catalogue's revision: a fresh token with every change that a public page or the search can show."""

    revision = models.CharField(max_length=32, verbose_name="phiên bản danh mục")
    changed_at = models.DateTimeField(verbose_name="lúc đổi")

    class Meta:
        verbose_name = "trạng thái danh mục"
        verbose_name_plural = "trạng thái danh mục"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="catalogue_state_one_row")]

    def __str__(self) -> str:
        return self.revision
