"""Effective-dated rule-sets: what the law says from a day on, as data (domain.md §0.1)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from haddong_portal.accounts.models import User


class RuleSet(models.Model):
    """Forms, numbering, cut-offs, caps and clock behaviour in force for a time; a dossier keeps its own.

    A change of a value is the next `version` of its `series`, for dossiers accepted from `applies_from` on.
    """

    code = models.CharField(max_length=10, unique=True, verbose_name="mã")
    series = models.CharField(max_length=10, verbose_name="thuộc bộ")
    version = models.PositiveSmallIntegerField(default=1, verbose_name="lần sửa")
    applies_from = models.DateField(null=True, blank=True, verbose_name="áp dụng từ ngày tiếp nhận")
    name = models.CharField(max_length=200, verbose_name="tên")
    effective_from = models.DateField(verbose_name="hiệu lực từ")
    effective_to = models.DateField(null=True, blank=True, verbose_name="đến hết ngày")
    policy = models.JSONField(verbose_name="quy tắc thời hạn")
    forms = models.JSONField(default=list, verbose_name="biểu mẫu")
    sources = models.JSONField(default=list, blank=True, verbose_name="căn cứ")
    history = HistoricalRecords()
    _change_reason: str  # read by the history when a change is saved
    _history_user: User | None

    class Meta:
        verbose_name = "bộ quy tắc"
        verbose_name_plural = "bộ quy tắc"
        ordering = ["effective_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="rule_set_validity_order",
            ),
            models.UniqueConstraint(fields=["series", "version"], name="rule_set_version_once"),
            models.CheckConstraint(
                condition=Q(version=1, applies_from__isnull=True) | Q(version__gt=1, applies_from__isnull=False),
                name="rule_set_next_version_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
