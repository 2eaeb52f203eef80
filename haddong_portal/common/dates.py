"""Dates and hours as Vietnamese papers write them, and the one way in for a moment typed by a machine."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from haddong_portal.common.clock import VIETNAM, local
from haddong_portal.common.errors import DomainError

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})[Tt ](?P<time>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(?P<zone>[Zz]|[+-]\d{2}:\d{2})?"
)


def weekday_name(on: date) -> str:
    """ "thứ Hai" … "Chủ nhật"."""
    return _WEEKDAYS[on.weekday()]


def short_date(on: date) -> str:
    """ "19/02/2024"."""
    return f"{on.day:02d}/{on.month:02d}/{on.year:04d}"


def day_month(on: date) -> str:
    """ "19/02", for lists in which the year is plain."""
    return f"{on.day:02d}/{on.month:02d}"


@lru_cache(maxsize=4096)
def long_date(on: date) -> str:
    """ "thứ Hai, 19/02/2024"."""
    return f"{_WEEKDAYS[on.weekday()]}, {short_date(on)}"


def clock_text(at: datetime) -> str:
    """ "09:00", in Vietnam time."""
    shown = local(at)
    return f"{shown.hour:02d}:{shown.minute:02d}"


def moment_text(at: datetime) -> str:
    """ "09:00 thứ Tư, 07/02/2024", in Vietnam time."""
    shown = local(at)
    return f"{clock_text(shown)} {long_date(shown.date())}"


def due_text(due_at: datetime) -> str:
    """ "thứ Hai, 19/02/2024, trước 17:00": how a promised date is told."""
    shown = local(due_at)
    return f"{long_date(shown.date())}, trước {clock_text(shown)}"


def parse_rfc3339_local(text: str) -> datetime:
    """A moment from RFC 3339 text, in Vietnam time; without an offset it is taken as Vietnam time.

    Seconds may be left out. Raises DomainError `time.unreadable` for anything else: a bare date
    says nothing about the hour, and the hour decides (15:00 rule).
    """
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise _unreadable(text)
    zone = (found["zone"] or "").upper().replace("Z", "+00:00")
    try:
        moment = datetime.fromisoformat(f"{found['day']}T{found['time']}{zone}")
        return moment.astimezone(VIETNAM) if zone else moment.replace(tzinfo=VIETNAM)
    except (ValueError, OverflowError) as error:
        raise _unreadable(text) from error


def _unreadable(text: str) -> DomainError:
    shown = text.strip()[:60] or "(trống)"
    return DomainError(
        "time.unreadable",
        f"Không đọc được thời điểm “{shown}”; cần ngày và giờ, ví dụ 2024-02-07T09:00 hoặc 2024-02-07T09:00:00+07:00.",
        "accepted_at",
    )
