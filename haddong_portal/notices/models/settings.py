"""What editors maintain: the words of each event, and when a channel is silent."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from haddong_portal.notices.constants import NoticeChannel, notice_events


class NoticeTemplate(models.Model):
    """The words of one event on one channel. Placeholders in braces are filled from the event's facts."""

    event = models.CharField(max_length=40, choices=notice_events, verbose_name="sự kiện")
    channel = models.CharField(max_length=10, choices=NoticeChannel.choices, verbose_name="kênh")
    subject = models.CharField(max_length=200, blank=True, verbose_name="tiêu đề")
    body = models.TextField(verbose_name="nội dung")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "mẫu thông báo"
        verbose_name_plural = "mẫu thông báo"
        constraints = [models.UniqueConstraint(fields=["event", "channel"], name="notice_template_unique")]

    def __str__(self) -> str:
        return f"{self.get_event_display()} ({self.get_channel_display()})"


class QuietHours(models.Model):
    """When nothing is sent on a channel, every day. Without a row NOTICE_QUIET_HOURS of the settings holds."""

    channel = models.CharField(max_length=10, choices=NoticeChannel.choices, verbose_name="kênh")
    is_on = models.BooleanField(default=True, verbose_name="áp dụng")
    starts = models.TimeField(verbose_name="từ giờ")
    ends = models.TimeField(verbose_name="đến giờ")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "giờ yên tĩnh"
        verbose_name_plural = "giờ yên tĩnh"
        ordering = ["channel"]
        constraints = [
            models.UniqueConstraint(fields=["channel"], name="quiet_hours_once_per_channel"),
            models.CheckConstraint(condition=~Q(starts=F("ends")), name="quiet_hours_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.starts:%H:%M}–{self.ends:%H:%M}"
