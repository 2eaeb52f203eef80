"""The catalogue of paper types, keyed by codes of our own; what changes about them is dated data with a source."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from dossiers.papers.constants import DigitisePolicy


class PaperType(models.Model):
    """A kind of paper that the store knows: what it is called, how long it counts, what is read from it."""

    code = models.CharField(max_length=40, unique=True, verbose_name="mã loại")
    name = models.CharField(max_length=200, verbose_name="tên giấy tờ")
    # Words that mean this paper in a line of a checklist, and the national codes of results that are it.
    other_names = models.JSONField(default=list, blank=True, verbose_name="tên khác")
    national_codes = models.JSONField(default=list, blank=True, verbose_name="mã kết quả quốc gia")
    result_of = models.JSONField(default=list, blank=True, verbose_name="kết quả của thủ tục")
    valid_months = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="giá trị (tháng)")
    never_demand = models.BooleanField(default=False, verbose_name="không được yêu cầu nộp")
    never_demand_key = models.CharField(max_length=40, blank=True, verbose_name="căn cứ không yêu cầu")
    # Made for one matter (an authorisation): kept with its dossier, never used for another.
    single_use = models.BooleanField(default=False, verbose_name="chỉ dùng cho một việc")
    # [{"key": "holder", "label": "Họ tên", "kind": "text" | "date" | "number"}]
    fields = models.JSONField(default=list, blank=True, verbose_name="dữ liệu trên giấy")
    digitise = models.CharField(
        max_length=8, choices=DigitisePolicy.choices, default=DigitisePolicy.OPTIONAL, verbose_name="số hóa"
    )
    # What one re-use spares the clerk, for the figures: an estimate until the district measures it.
    minutes_saved = models.PositiveSmallIntegerField(default=5, verbose_name="phút tiết kiệm mỗi lần dùng lại")
    in_force_from = models.DateField(verbose_name="áp dụng từ")
    in_force_to = models.DateField(null=True, blank=True, verbose_name="áp dụng đến")
    source = models.CharField(max_length=200, verbose_name="nguồn")
    sort_order = models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "loại giấy tờ"
        verbose_name_plural = "loại giấy tờ"
        ordering = ["sort_order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(never_demand=False) | ~Q(never_demand_key=""), name="paper_type_refusal_has_ground"
            ),
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gte=F("in_force_from")),
                name="paper_type_force_order",
            ),
            models.CheckConstraint(
                condition=Q(valid_months__isnull=True) | Q(valid_months__gte=1), name="paper_type_valid_months"
            ),
        ]

    def __str__(self) -> str:
        return self.name
