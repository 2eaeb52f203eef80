"""Making foreign text and numbers safe to keep: pure, never raises, loses nothing that a reader could see.

Imported records are hostile input: markup, control and direction characters, lone surrogates, numbers as text,
lists where a text should be. Markup is removed, never kept; what is kept is plain NFC text.
"""

from __future__ import annotations

import html
import math
import re
import unicodedata
from collections.abc import Mapping

TEXT_MAX = 100_000
LIST_MAX = 500
COUNT_MAX = 999
MONEY_MAX_VND = 2_000_000_000

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_DROPPED = re.compile(r"<(script|style|iframe|object|template)\b[^<>]{0,2000}>.*?(?:</\1\s*>|\Z)", re.I | re.S)
_BREAKING_TAG = re.compile(r"<\s*/?\s*(?:br|p|div|li|tr|ul|ol|table|h[1-6])\b[^<>]{0,2000}>", re.I)
_TAG = re.compile(
    r"<\s*/?\s*[a-z][a-z0-9:-]*(?:\s[^<>]{0,2000})?/?\s*>|<!--.{0,2000}?-->|<![a-z][^<>]{0,2000}>", re.I | re.S
)
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_BULLET = re.compile(r"^(?:[-–—*+•▪●○◦‣⁃·]+|o(?=\s))\s*")
_INTEGER = re.compile(r"\d{1,12}")


def clean_block(value: object, limit: int = TEXT_MAX) -> str:
    """Several lines of plain text; "" for what is not text. Cut at `limit` characters."""
    text = _plain(value, limit)
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()[:limit].strip()


def clean_line(value: object, limit: int = TEXT_MAX) -> str:
    """One line of plain text."""
    return " ".join(_plain(value, limit).split())[:limit].strip()


def without_bullet(text: str) -> str:
    """The text without the dash or dot that listed it."""
    return _BULLET.sub("", text, count=1).strip()


def has_bullet(text: str) -> bool:
    return bool(_BULLET.match(text))


def as_mapping(value: object) -> Mapping[str, object]:
    """A JSON object, or an empty one."""
    return {str(key): item for key, item in value.items()} if isinstance(value, Mapping) else {}


def as_list(value: object) -> list[object]:
    """A JSON array (cut at LIST_MAX); a single value is a list of one, nothing is an empty list."""
    if isinstance(value, list | tuple):
        return list(value[:LIST_MAX])
    return [] if value is None or value == "" else [value]


def as_count(value: object) -> int | None:
    """A small whole number of papers, or None when none is stated."""
    number = as_number(value)
    return int(number) if number is not None and number == int(number) and 0 <= number <= COUNT_MAX else None


def as_money_vnd(value: object) -> int | None:
    """An amount in whole đồng, or None when none is stated."""
    number = as_number(value)
    return int(number) if number is not None and number == int(number) and 0 <= number <= MONEY_MAX_VND else None


def as_number(value: object) -> float | None:
    """A finite number written as a number or as plain digits; truth values are not numbers."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e15 and math.isfinite(value) else None
    text = value.strip() if isinstance(value, str) else ""
    if _INTEGER.fullmatch(text):
        return float(text)
    return float(text) if re.fullmatch(r"\d{1,9}\.\d{1,6}", text, re.ASCII) else None


def _plain(value: object, limit: int) -> str:
    text = _as_text(value)[: limit * 2]
    text = _LINE_ENDS.sub("\n", text)
    if "<" in text or "&" in text:
        text = _without_markup(text)
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value) if abs(value) < 1e15 else ""
    if isinstance(value, list | tuple):
        return "\n".join(item for item in value[:LIST_MAX] if isinstance(item, str))
    return ""


def _without_markup(text: str) -> str:
    """Tags out, entities read; repeated, since an entity may hide a tag. "< 5 tấn" is not a tag."""
    for _ in range(3):
        bare = _TAG.sub("", _BREAKING_TAG.sub("\n", _DROPPED.sub(" ", text)))
        decoded = html.unescape(bare)
        if decoded == text:
            break
        text = decoded
    return _TAG.sub("", text)
