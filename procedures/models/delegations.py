"""Delegation: one unit decides or signs in another's place, by a decision, for named procedures, for a time."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from haddong_portal.accounts.models import Unit
from procedures.constants import DelegatedAct
from procedures.models.catalogue import Procedure


class Delegation(models.Model):
    """A decision by which `from_unit` lets `to_unit` act for it (ủy quyền giải quyết, domain.md §6.2).

    `valid_to` and `revoked_on` are the first day without it. `confirmed` False = the number was entered before anybody
    saw the decision itself.
    """

    from_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="delegations_given", verbose_name="đơn vị ủy quyền"
    )
    to_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="delegations_received", verbose_name="đơn vị được ủy quyền"
    )
    decision_no = models.CharField(max_length=80, verbose_name="số quyết định")
    decided_on = models.DateField(verbose_name="ngày quyết định")
    confirmed = models.BooleanField(default=False, verbose_name="đã đối chiếu bản gốc")
    valid_from = models.DateField(verbose_name="có hiệu lực từ")
    valid_to = models.DateField(null=True, blank=True, verbose_name="hết hiệu lực từ")
    acts = ArrayField(models.CharField(max_length=10, choices=DelegatedAct.choices), verbose_name="việc được ủy quyền")
    all_procedures = models.BooleanField(default=False, verbose_name="mọi thủ tục")
    procedures = models.ManyToManyField(
        Procedure, blank=True, related_name="delegations", verbose_name="thủ tục được ủy quyền"
    )
    revoked_on = models.DateField(null=True, blank=True, verbose_name="chấm dứt từ")
    revoke_reason = models.CharField(max_length=300, blank=True, verbose_name="lý do chấm dứt")
    note = models.CharField(max_length=500, blank=True, verbose_name="ghi chú")
    history = HistoricalRecords(m2m_fields=[procedures])

    class Meta:
        verbose_name = "ủy quyền giải quyết"
        verbose_name_plural = "ủy quyền giải quyết"
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="delegation_to_another_unit"),
            models.CheckConstraint(condition=Q(valid_from__gte=F("decided_on")), name="delegation_decided_first"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="delegation_validity_order"
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True, revoke_reason="")
                | (Q(revoked_on__isnull=False) & ~Q(revoke_reason="")),
                name="delegation_revoked_with_reason",
            ),
            models.CheckConstraint(condition=Q(acts__len__gt=0), name="delegation_covers_an_act"),
            models.UniqueConstraint(
                fields=["from_unit", "to_unit", "decision_no"], name="delegation_decision_once_per_units"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_no}: {self.from_unit} → {self.to_unit}"
