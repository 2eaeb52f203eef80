"""That a stored paper was used in place of a new one, and that a new one was taken although there was one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dossiers.papers.constants import UsePurpose
from dossiers.papers.models.papers import PaperVersion
from dossiers.papers.models.types import PaperType
from haddong_portal.accounts.models import Unit, User
from haddong_portal.citizens.models import Organisation, Person


class PaperUse(models.Model):
    """One re-use: which version, for what, by whom. A database trigger forbids changing or deleting a row."""

    version = models.ForeignKey(PaperVersion, on_delete=models.PROTECT, related_name="uses", verbose_name="bản")
    purpose = models.CharField(max_length=15, choices=UsePurpose.choices, verbose_name="mục đích")
    # Which thing of an upper app it was used for: "dossier:<code>".
    reference = models.CharField(max_length=80, verbose_name="dùng cho")
    requirement_name = models.CharField(max_length=500, blank=True, verbose_name="thành phần hồ sơ")
    clerk = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name="người dùng lại",
    )
    unit = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name="đơn vị",
    )
    used_at = models.DateTimeField(verbose_name="lúc dùng lại")
    pages_saved = models.PositiveSmallIntegerField(default=0, verbose_name="số trang không phải nộp")
    minutes_saved = models.PositiveSmallIntegerField(default=0, verbose_name="số phút tiết kiệm")

    class Meta:
        verbose_name = "lần dùng lại"
        verbose_name_plural = "lần dùng lại"
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(reference=""), name="paper_use_for_something")]
        indexes = [
            models.Index(fields=["reference"], name="paper_use_by_reference"),
            models.Index(fields=["used_at"], name="paper_use_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.reference}"


class TakenAnyway(models.Model):
    """A paper was asked for and taken although the store held it: with its reason, a number that must go to zero."""

    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name="người nộp",
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name="tổ chức nộp",
    )
    type = models.ForeignKey(PaperType, on_delete=models.PROTECT, related_name="+", verbose_name="loại giấy tờ")
    reference = models.CharField(max_length=80, verbose_name="hồ sơ")
    reason = models.CharField(max_length=500, verbose_name="lý do")
    clerk = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name="người nhận",
    )
    unit = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name="đơn vị",
    )
    at = models.DateTimeField(verbose_name="lúc")

    class Meta:
        verbose_name = "lần nhận giấy dù đã có"
        verbose_name_plural = "lần nhận giấy dù đã có"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="taken_anyway_has_reason"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False),
                name="taken_anyway_from_one",
            ),
        ]
        indexes = [models.Index(fields=["at"], name="taken_anyway_by_time")]

    def __str__(self) -> str:
        return f"{self.reference}: {self.type_id}"
