"""Words of citizens that other apps may use."""

from __future__ import annotations

from django.db import models


class Sex(models.TextChoices):
    MALE = "Nam", "Nam"
    FEMALE = "Nữ", "Nữ"


class DataSource(models.TextChoices):
    CARD = "card", "quét thẻ căn cước"
    TYPED = "typed", "công chức nhập"
    API = "api", "hệ thống khác gửi"
    ONLINE = "online", "người dân tự khai"
