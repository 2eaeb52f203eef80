"""Who is the same person: said by a human, on record, never concluded from an unproven number."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from haddong_portal.accounts.models import User
from haddong_portal.citizens.models import Person
from interlink.models.cases import LinkedCase


class IdentityDecision(models.Model):
    """An officer's word that two people on file are one, or are not. The latest about a pair holds."""

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="người thứ nhất")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="người thứ hai")
    case = models.ForeignKey(
        LinkedCase, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="hồ sơ liên thông"
    )
    is_same = models.BooleanField(verbose_name="là một người")
    reason = models.CharField(max_length=500, verbose_name="căn cứ")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người kết luận")
    decided_at = models.DateTimeField(verbose_name="lúc kết luận")

    class Meta:
        verbose_name = "kết luận nhân thân"
        verbose_name_plural = "kết luận nhân thân"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="identity_decision_pair_ordered"),
            models.CheckConstraint(condition=~Q(reason=""), name="identity_decision_has_reason"),
        ]
        indexes = [models.Index(fields=["one", "other", "-id"], name="identity_decision_of_pair")]

    def __str__(self) -> str:
        return f"{self.one_id} {'=' if self.is_same else '≠'} {self.other_id}"
