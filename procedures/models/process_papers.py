"""What the printed ISO document holds beside the steps: sections, amendments, forms, records kept (domain.md §13.2).

Order and titles of 5.1-5.8 differ from unit to unit, so sections are rows.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from procedures.constants import SectionKind
from procedures.models.processes import IsoProcess


class IsoSection(models.Model):
    """A numbered section; an empty body is filled from the catalogue where its kind allows."""

    process = models.ForeignKey(IsoProcess, on_delete=models.CASCADE, related_name="sections", verbose_name="quy trình")
    position = models.PositiveSmallIntegerField(verbose_name="thứ tự")
    number = models.CharField(max_length=10, verbose_name="số mục")
    title = models.CharField(max_length=200, verbose_name="tên mục")
    kind = models.CharField(
        max_length=15, choices=SectionKind.choices, default=SectionKind.OTHER, verbose_name="loại nội dung"
    )
    body = models.TextField(blank=True, verbose_name="nội dung")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "mục của quy trình"
        verbose_name_plural = "mục của quy trình"
        ordering = ["process_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["process", "position"], name="iso_section_position_unique"),
            models.UniqueConstraint(fields=["process", "number"], name="iso_section_number_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class IsoAmendment(models.Model):
    """One line of the table of amendments (bảng theo dõi sửa đổi)."""

    process = models.ForeignKey(
        IsoProcess, on_delete=models.CASCADE, related_name="amendments", verbose_name="quy trình"
    )
    position = models.PositiveSmallIntegerField(verbose_name="thứ tự")
    page = models.CharField(max_length=20, blank=True, verbose_name="trang")
    content = models.CharField(max_length=500, verbose_name="nội dung sửa đổi")
    issue = models.PositiveSmallIntegerField(verbose_name="lần ban hành")
    amended_on = models.DateField(null=True, blank=True, verbose_name="ngày")

    class Meta:
        verbose_name = "lần sửa đổi quy trình"
        verbose_name_plural = "lần sửa đổi quy trình"
        ordering = ["process_id", "position"]
        constraints = [models.UniqueConstraint(fields=["process", "position"], name="iso_amendment_position_unique")]

    def __str__(self) -> str:
        return self.content


class IsoForm(models.Model):
    """A form that the process uses, with its code (biểu mẫu, BM-…)."""

    process = models.ForeignKey(IsoProcess, on_delete=models.CASCADE, related_name="forms", verbose_name="quy trình")
    position = models.PositiveSmallIntegerField(verbose_name="thứ tự")
    code = models.CharField(max_length=40, blank=True, verbose_name="mã hiệu")
    name = models.CharField(max_length=300, verbose_name="tên biểu mẫu")

    class Meta:
        verbose_name = "biểu mẫu của quy trình"
        verbose_name_plural = "biểu mẫu của quy trình"
        ordering = ["process_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["process", "position"], name="iso_form_position_unique"),
            models.UniqueConstraint(fields=["process", "code"], condition=~Q(code=""), name="iso_form_code_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class IsoRecord(models.Model):
    """A record to keep: how long and where (hồ sơ lưu)."""

    process = models.ForeignKey(IsoProcess, on_delete=models.CASCADE, related_name="records", verbose_name="quy trình")
    position = models.PositiveSmallIntegerField(verbose_name="thứ tự")
    name = models.CharField(max_length=300, verbose_name="hồ sơ lưu")
    kept_for = models.CharField(max_length=120, blank=True, verbose_name="thời gian lưu")
    kept_at = models.CharField(max_length=200, blank=True, verbose_name="nơi lưu")

    class Meta:
        verbose_name = "hồ sơ lưu của quy trình"
        verbose_name_plural = "hồ sơ lưu của quy trình"
        ordering = ["process_id", "position"]
        constraints = [models.UniqueConstraint(fields=["process", "position"], name="iso_record_position_unique")]

    def __str__(self) -> str:
        return self.name
