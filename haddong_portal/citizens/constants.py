"""Words of citizens that other apps may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models


class Sex(models.TextChoices):
    MALE = "Nam", "Nam"
    FEMALE = "Nữ", "Nữ"


class DataSource(models.TextChoices):
    CARD = "card", "quét thẻ căn cước"
    TYPED = "typed", "công chức nhập"
    API = "api", "hệ thống khác gửi"
    ONLINE = "online", "người dân tự khai"


class LookUpMethod(models.TextChoices):
    """How residence or identity was looked up, in the order in which the ways are tried (ND104-2022-D14)."""

    CONNECTED = "connected", "tra CSDL quốc gia về dân cư"
    VNEID = "vneid_shown", "người dân cho xem trên VNeID"
    CARD_READER = "card_reader", "đọc thẻ căn cước (mã QR, chip)"
    SECTOR = "sector", "cách khác theo luật chuyên ngành"
    FALLBACK = "fallback", "không tra cứu được, xem giấy tờ thay thế"


class FallbackReason(models.TextChoices):
    """Why none of the ways worked; each such case stands in the month's exception report."""

    NETWORK = "network", "mất kết nối với cơ sở dữ liệu"
    NOT_FOUND = "not_found", "cơ sở dữ liệu chưa có thông tin"
    WRONG_DATA = "wrong_data", "thông tin trong cơ sở dữ liệu sai"
    NO_MEANS = "no_means", "người dân không có VNeID và thẻ không đọc được"
    OTHER = "other", "lý do khác (ghi rõ)"


LOOK_UP_NOTE_MAX = 300


@dataclass(frozen=True, slots=True)
class LookUpData:
    """How a clerk looked, what was shown (label → value), and why it had to be a fallback."""

    method: str
    reason: str = ""
    note: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)


class PhoneProof(models.TextChoices):
    """How the clerk knew, with the person present, that the phone is theirs."""

    CODE = "code", "công dân đọc lại mã gửi đến máy"
    SEEN = "seen", "công chức xem máy tại quầy"


class PhoneEnd(models.TextChoices):
    REPLACED = "replaced", "đổi sang số khác"
    REQUEST = "request", "công dân đề nghị"
    LOST = "lost", "mất máy hoặc mất số"
    MISTAKE = "mistake", "xác nhận nhầm người"


class ConsentPurpose(models.TextChoices):
    """What a consent may be asked for; the wordings are in data/consents.json."""

    PAPER_REUSE = "paper_reuse", "dùng lại giấy tờ điện tử của tôi"
