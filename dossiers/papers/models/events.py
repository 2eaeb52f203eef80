"""The append-only story of a paper: what happened to it, by whom, for what."""

from __future__ import annotations

from django.db import models

from dossiers.papers.constants import paper_event_kinds
from dossiers.papers.models.papers import Paper


class PaperEvent(models.Model):
    """One act on one paper. A database trigger forbids changing or deleting a row. `data` holds no personal data."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="events", verbose_name="giấy tờ")
    kind = models.CharField(max_length=30, choices=paper_event_kinds, verbose_name="việc")
    at = models.DateTimeField(verbose_name="lúc")
    actor_user_id = models.BigIntegerField(null=True, blank=True, verbose_name="tài khoản")
    actor_name = models.CharField(max_length=200, verbose_name="người thực hiện")
    actor_title = models.CharField(max_length=120, blank=True, verbose_name="chức danh")
    unit_id = models.BigIntegerField(null=True, blank=True, verbose_name="đơn vị")
    unit_name = models.CharField(max_length=200, blank=True, verbose_name="tên đơn vị")
    reference = models.CharField(max_length=80, blank=True, verbose_name="cho việc")
    note = models.CharField(max_length=1000, blank=True, verbose_name="ghi chú")
    data = models.JSONField(default=dict, blank=True, verbose_name="chi tiết")

    class Meta:
        verbose_name = "diễn biến giấy tờ"
        verbose_name_plural = "diễn biến giấy tờ"
        ordering = ["id"]
        indexes = [models.Index(fields=["at"], name="paper_event_by_time")]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.kind}"
