"""Time limits per way of filing: structured where the text allows it, else text for a person to read (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from haddong_portal.common.limits import ParsedLimit as Reading
from haddong_portal.common.limits import ReviewReason, parse_limit_text, structured_from_method
from procedures.rules.cleaning import as_number, clean_block, clean_line
from procedures.rules.parsed import ParsedLimit

LIMIT_TEXT_MAX = 1_000
_TIME_WORDS = re.compile(
    r"\d+\s*(?:\([^)]{1,30}\)\s*)?(?:ngày|giờ|tháng|phút|tuần)|trong ngày|ngay (?:sau )?khi|ngay trong|"
    r"thời hạn|thời gian giải quyết",
    re.I,
)
_EMPTY = re.compile(r"^\W*(?:không (?:có|nêu|quy định) ?(?:thông tin)?(?: cụ thể)?|chưa có thông tin)?\W*$", re.I)
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ+\-])|\n+")


def limit_of_method(method: Mapping[str, object], channel: int | None, summary: str) -> ParsedLimit | None:
    """The limit of one way of filing, or None when neither it nor the record's `summary` says anything."""
    unit, text = clean_line(method.get("time_unit"), 20), clean_block(method.get("time_text"), LIMIT_TEXT_MAX)
    note = clean_block(method.get("note"))
    value = method.get("time_value")
    number = value if isinstance(value, int | float | str) and as_number(value) is not None else None
    words = "" if _EMPTY.match(text) else text
    has_number = number is not None and unit not in {"", "other"}
    if has_number or words:
        reading = structured_from_method(number, unit, words, time_sentences(note))
        return _limit(channel, reading, words or _number_text(number, unit))
    return _from_words(channel, number if unit == "other" else None, time_sentences(note), summary)


def limit_of_summary(summary: str, channel: int | None = None) -> ParsedLimit | None:
    """The limit of a record that states it only once, in words."""
    words = clean_block(summary, LIMIT_TEXT_MAX)
    if not words or _EMPTY.match(words):
        return None
    reading = parse_limit_text(words)
    return None if reading.reason is ReviewReason.NOTHING_STATED else _limit(channel, reading, words)


def _from_words(channel: int | None, number: int | float | str | None, note: str, summary: str) -> ParsedLimit | None:
    """Summary first: the source's own cases; then the remark. A lone number of no unit is at most a hint."""
    for words in (summary, note):
        found = limit_of_summary(words, channel)
        if found is not None and found.limit is not None:
            return found
    words = " ".join(part for part in (summary, note) if part and not _EMPTY.match(part))
    if words:
        return limit_of_summary(words, channel)
    value = as_number(number)
    if value is not None and value > 1:
        return ParsedLimit(channel, None, f"{value:g} (không ghi đơn vị)", "unit_missing")
    return None


def _limit(channel: int | None, reading: Reading, text: str) -> ParsedLimit:
    return ParsedLimit(channel, reading.limit, text[:LIMIT_TEXT_MAX], reading.reason_code)


def _number_text(number: int | float | str | None, unit: str) -> str:
    words = {"working_day": "ngày làm việc", "day": "ngày", "hour": "giờ", "month": "tháng"}
    return f"{number} {words.get(unit, unit)}".strip()


def time_sentences(text: str) -> str:
    """Only the sentences that speak of time, at most LIMIT_TEXT_MAX characters."""
    if not text:
        return ""
    kept = [part.strip() for part in _SENTENCE.split(text[:20_000]) if _TIME_WORDS.search(part)]
    return "\n".join(kept)[:LIMIT_TEXT_MAX]


def merge_limits(limits: Sequence[ParsedLimit]) -> list[ParsedLimit]:
    """One limit per channel: equal ones fall together, different ones of a channel go to review with both texts.

    When every channel says the same, one limit for all channels is left.
    """
    by_channel: dict[int | None, list[ParsedLimit]] = {}
    for limit in limits:
        by_channel.setdefault(limit.channel, []).append(limit)
    merged = [_one_of(channel, same) for channel, same in by_channel.items()]
    first = merged[0] if merged else None
    if first and all(
        (other.limit, other.text, other.reason) == (first.limit, first.text, first.reason) for other in merged
    ):
        return [ParsedLimit(None, first.limit, first.text, first.reason)]
    return merged


def _one_of(channel: int | None, limits: Sequence[ParsedLimit]) -> ParsedLimit:
    if all(limit.limit == limits[0].limit for limit in limits) and limits[0].limit is not None:
        return limits[0]
    texts = "\n".join(dict.fromkeys(limit.text for limit in limits))
    if len(limits) == 1:
        return limits[0]
    reasons = {limit.reason for limit in limits if limit.reason}
    return ParsedLimit(channel, None, texts[:LIMIT_TEXT_MAX], reasons.pop() if len(reasons) == 1 else "several_cases")
