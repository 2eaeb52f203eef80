"""Words of notices that other apps may use."""

from __future__ import annotations

from django.db import models


class NoticeChannel(models.TextChoices):
    SMS = "sms", "Tin nhắn SMS"
    EMAIL = "email", "Thư điện tử"


class NoticeState(models.TextChoices):
    QUEUED = "queued", "chờ gửi"
    SENDING = "sending", "đang gửi"
    SENT = "sent", "đã gửi"
    GAVE_UP = "gave_up", "không gửi được"
    CANCELLED = "cancelled", "đã huỷ"


class NoticeEvent(models.TextChoices):
    """What a message tells a person; each has a template per channel that an editor maintains."""

    DOSSIER_RECEIVED = "dossier_received", "Đã tiếp nhận hồ sơ"
    RESULT_READY = "result_ready", "Đã có kết quả"
    DOSSIER_RETURNED = "dossier_returned", "Đã trả kết quả"
