"""Administrative units over time. Official codes are recycled, so a unit is never joined by code alone."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from haddong_portal.accounts.constants import PlanStatus, UnitKind, UnitLevel


class UnitQuerySet(models.QuerySet["Unit"]):
    def valid_on(self, day: date) -> UnitQuerySet:
        """Units that exist on `day` (valid_to is the first day the unit is gone)."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))

    def wards(self) -> UnitQuerySet:
        return self.filter(kind=UnitKind.WARD)

    def with_desk(self) -> UnitQuerySet:
        """Units whose one-stop desk receives dossiers."""
        return self.filter(has_one_stop_desk=True)


class Unit(models.Model):
    """An office: province, district, department, branch, ward or outside partner (đơn vị)."""

    key = models.SlugField(max_length=80, unique=True, verbose_name="khóa")
    code = models.CharField(max_length=10, blank=True, verbose_name="mã hành chính")
    org_code = models.CharField(max_length=35, blank=True, verbose_name="mã định danh")
    org_code_confirmed = models.BooleanField(default=False, verbose_name="mã định danh đã xác nhận")
    name = models.CharField(max_length=200, verbose_name="tên đầy đủ")
    short_name = models.CharField(max_length=120, verbose_name="tên gọn")
    kind = models.CharField(max_length=12, choices=UnitKind.choices, verbose_name="loại")
    level = models.CharField(max_length=6, choices=UnitLevel.choices, verbose_name="cấp")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name="đơn vị cấp trên"
    )
    address = models.CharField(max_length=300, blank=True, verbose_name="địa chỉ")
    phone = models.CharField(max_length=20, blank=True, verbose_name="điện thoại")
    has_one_stop_desk = models.BooleanField(default=False, verbose_name="có bộ phận Một cửa")
    desk_name = models.CharField(max_length=200, blank=True, verbose_name="tên bộ phận Một cửa")
    valid_from = models.DateField(verbose_name="có hiệu lực từ")
    valid_to = models.DateField(null=True, blank=True, verbose_name="hết hiệu lực từ")
    sort_order = models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")

    objects = UnitQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        ordering = ["sort_order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"], condition=~Q(code=""), name="unit_code_unique_per_era"
            ),
            models.UniqueConstraint(
                fields=["org_code"], condition=~Q(org_code="") & Q(valid_to__isnull=True), name="unit_org_code_unique"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="unit_validity_order"
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class SuccessionPlan(models.Model):
    """A merger or split that ships as a plan; applying it is an act of its own."""

    key = models.SlugField(max_length=40, unique=True, verbose_name="khóa")
    title = models.CharField(max_length=200, verbose_name="tên kế hoạch")
    effective_on = models.DateField(verbose_name="ngày có hiệu lực")
    legal_basis = models.CharField(max_length=300, verbose_name="căn cứ")
    status = models.CharField(
        max_length=10, choices=PlanStatus.choices, default=PlanStatus.PLANNED, verbose_name="trạng thái"
    )
    plan = models.JSONField(verbose_name="nội dung")

    class Meta:
        verbose_name = "kế hoạch sắp xếp đơn vị"
        verbose_name_plural = "kế hoạch sắp xếp đơn vị"
        ordering = ["effective_on"]

    def __str__(self) -> str:
        return self.title
