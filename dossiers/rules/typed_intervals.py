"""Stops of the clock as a person types them: FROM/TO:KIND, TO left empty while the stop is open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dossiers.constants import IntervalKind
from dossiers.rules.intervals import Interval
from haddong_portal.common.dates import parse_rfc3339_local
from haddong_portal.common.errors import DomainError

YEARS = range(1990, 2101)
EXAMPLE = "2024-06-05T09:00/2024-06-11T14:00:supplement"


def read_intervals(texts: Iterable[str]) -> list[Interval]:
    """Every stop; DomainError interval.unreadable, interval.unknown_kind, interval.ends_before_start,
    or time.out_of_range."""
    return [read_interval(text) for text in texts]


def read_interval(text: str) -> Interval:
    """One stop; see `read_intervals`."""
    span, colon, kind = text.strip().rpartition(":")
    start, slash, end = span.partition("/")
    if not (colon and slash):
        raise _unreadable(text)
    started_at = _moment(start, text)
    ended_at = _moment(end, text) if end.strip() else None
    if ended_at is not None and ended_at < started_at:
        message = f"Khoảng dừng “{text.strip()[:80]}” kết thúc trước khi bắt đầu."
        raise DomainError("interval.ends_before_start", message, "interval")
    return Interval(_kind(kind), started_at, ended_at)


def _kind(text: str) -> IntervalKind:
    try:
        return IntervalKind(text.strip().lower())
    except ValueError as error:
        kinds = ", ".join(IntervalKind.values)
        message = f"Không có loại khoảng dừng “{text.strip()[:30]}”; có {kinds}."
        raise DomainError("interval.unknown_kind", message, "interval") from error


def _moment(text: str, whole: str) -> datetime:
    try:
        moment = parse_rfc3339_local(text)
    except DomainError as error:
        raise _unreadable(whole) from error
    if moment.year not in YEARS:
        message = f"Năm của khoảng dừng phải từ {YEARS[0]} đến {YEARS[-1]}."
        raise DomainError("time.out_of_range", message, "interval")
    return moment


def _unreadable(text: str) -> DomainError:
    message = f"Không đọc được khoảng dừng “{text.strip()[:80]}”; cần TỪ/ĐẾN:LOẠI, ví dụ {EXAMPLE}."
    return DomainError("interval.unreadable", message, "interval")
