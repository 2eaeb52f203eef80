"""The append-only story of a dossier: history, audit and the only way up to other apps."""

from __future__ import annotations

from django.db import models

from dossiers.constants import event_kinds
from dossiers.models.dossier import Dossier


class DossierEvent(models.Model):
    """One act on one dossier. A database trigger forbids changing or deleting a row."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="events", verbose_name="hồ sơ")
    kind = models.CharField(max_length=40, choices=event_kinds, verbose_name="việc")
    at = models.DateTimeField(verbose_name="lúc")
    actor_user_id = models.BigIntegerField(null=True, blank=True, verbose_name="tài khoản")
    actor_name = models.CharField(max_length=200, verbose_name="người thực hiện")
    actor_title = models.CharField(max_length=120, blank=True, verbose_name="chức danh")
    unit_id = models.BigIntegerField(null=True, blank=True, verbose_name="đơn vị")
    unit_name = models.CharField(max_length=200, blank=True, verbose_name="tên đơn vị")
    from_status = models.CharField(max_length=20, blank=True, verbose_name="từ trạng thái")
    to_status = models.CharField(max_length=20, verbose_name="sang trạng thái")
    note = models.CharField(max_length=1000, blank=True, verbose_name="ghi chú")
    data = models.JSONField(default=dict, blank=True, verbose_name="chi tiết")

    class Meta:
        verbose_name = "diễn biến hồ sơ"
        verbose_name_plural = "diễn biến hồ sơ"
        ordering = ["id"]
        indexes = [models.Index(fields=["at"], name="dossier_event_by_time")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind}"
