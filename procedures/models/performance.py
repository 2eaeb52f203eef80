"""Which unit performs which procedure, and by which decision it was published."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from haddong_portal.accounts.models import Unit
from procedures.models.catalogue import Procedure


class PublicationDecision(models.Model):
    """A decision that publishes, amends or abolishes procedures (quyết định công bố, NĐ 63/2010 art. 13-15)."""

    number = models.CharField(max_length=60, unique=True, verbose_name="số quyết định")
    issued_on = models.DateField(null=True, blank=True, verbose_name="ngày ban hành")
    effective_on = models.DateField(null=True, blank=True, verbose_name="ngày có hiệu lực")
    issuer = models.CharField(max_length=200, blank=True, verbose_name="cơ quan ban hành")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "quyết định công bố"
        verbose_name_plural = "quyết định công bố"

    def __str__(self) -> str:
        return self.number


class UnitProcedure(models.Model):
    """Performed here, or not performed here with a reason (domain.md §6.2). `handling_unit` does the work.

    With `delegated_by`, deciding and signing need a delegation in force from that unit; without one, intake is frozen.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="procedures", verbose_name="nơi tiếp nhận")
    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="performances", verbose_name="thủ tục"
    )
    performed = models.BooleanField(default=True, verbose_name="thực hiện tại đây")
    reason = models.CharField(max_length=300, blank=True, verbose_name="lý do không thực hiện")
    handling_unit = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="handled_procedures",
        verbose_name="đơn vị thụ lý",
    )
    signing_unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="signed_procedures", verbose_name="cấp ký"
    )
    delegated_by = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="delegated_procedures",
        verbose_name="giải quyết theo ủy quyền của",
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = "thủ tục của đơn vị"
        verbose_name_plural = "thủ tục của đơn vị"
        constraints = [
            models.UniqueConstraint(fields=["unit", "procedure"], name="unit_procedure_unique"),
            models.CheckConstraint(
                condition=Q(performed=True) | ~Q(reason=""), name="unit_procedure_refusal_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(delegated_by__isnull=True)
                | Q(signing_unit__isnull=True)
                | ~Q(delegated_by=F("signing_unit")),
                name="unit_procedure_delegated_to_another",
            ),
        ]
        indexes = [
            models.Index(fields=["procedure", "unit"], condition=Q(performed=True), name="unit_procedure_performed")
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.procedure}"
