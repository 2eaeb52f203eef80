"""What a catalogue import did, so that it can be resumed and every record is accounted for."""

from __future__ import annotations

from django.db import models


class ImportRun(models.Model):
    """One file read into the catalogue. `next_index` is where a stopped run goes on."""

    file_name = models.CharField(max_length=255, verbose_name="tên tệp")
    file_hash = models.CharField(max_length=64, verbose_name="dấu tệp")
    source = models.CharField(max_length=60, blank=True, verbose_name="nguồn")
    publish = models.BooleanField(default=False, verbose_name="công bố luôn")
    total = models.PositiveIntegerField(verbose_name="tổng số bản ghi")
    next_index = models.PositiveIntegerField(default=0, verbose_name="bản ghi kế tiếp")
    accepted = models.PositiveIntegerField(default=0, verbose_name="đã nhận")
    refused = models.JSONField(default=list, blank=True, verbose_name="bị từ chối")
    report = models.JSONField(default=dict, blank=True, verbose_name="báo cáo")
    started_at = models.DateTimeField(verbose_name="bắt đầu")
    finished_at = models.DateTimeField(null=True, blank=True, verbose_name="xong")

    class Meta:
        verbose_name = "lần nhập danh mục"
        verbose_name_plural = "lần nhập danh mục"

    def __str__(self) -> str:
        return f"{self.file_name} {self.started_at:%d/%m/%Y %H:%M}"
