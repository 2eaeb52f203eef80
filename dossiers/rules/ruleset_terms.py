"""What the values of a rule-set mean, how they are told, and how an administrator's text becomes one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

import dossiers
from dossiers.rules.clock_policy import ClockPolicy
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import plain_number

PATH = Path(dossiers.__file__).parent / "data" / "ruleset_terms.json"
UNITS: Mapping[str, str] = {
    "working_days": "ngày làm việc",
    "calendar_days": "ngày",
    "working_hours": "giờ làm việc",
    "count": "lần",
}
NUMBER_MAX = 365
OTHER_GROUP = "Giá trị khác"
FORM_FIELDS: Mapping[str, str] = {
    "form_no": "Số mẫu",
    "name": "Tên giấy",
    "number_suffix": "Ký hiệu sau số",
    "paper_size": "Khổ giấy",
}
PRINTS_ID = "prints_id"
"""The field of a receipt's form: whether it has a line for the personal number."""
YES_NO = {"co": "có", "khong": "không"}
SECTORS = "sectors"
"""The field of a form that stands in for a common one: the sectors (lĩnh vực) in which it does, by code."""
_SECTOR = re.compile(r"^[A-Z]\d{2}-[A-Z0-9]{2,12}$")
_FORM_SHAPES = {
    "form_no": re.compile(r"^[A-Z0-9]{0,5}$"),
    "name": re.compile(r"^.{3,200}$"),
    "number_suffix": re.compile(r"^(/[A-ZĐ0-9-]{1,15})?$"),
    "paper_size": re.compile(r"^A[45]$"),
}


class _Watched(dict[str, Mapping[str, object]]):
    """Notes which values are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def __contains__(self, key: object) -> bool:
        self.asked.add(str(key))
        return False

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return default


@cache
def read_keys() -> frozenset[str]:
    """The values that the software reads: a change of any other would change nothing, so none is offered."""
    watched = _Watched()
    ClockPolicy.from_rule_set("", watched)
    return frozenset(watched.asked)


@cache
def _terms() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"))
    return loaded


def groups() -> list[tuple[str, dict[str, str]]]:
    """(group, {key: meaning}) in the order of the screen."""
    return [(group["name"], group["terms"]) for group in _terms()["groups"]]


def choices_of(key: str) -> list[str]:
    """The words that a policy value may be; empty for values that are none."""
    return list(_terms()["choices"].get(key, []))


def word_text(word: str) -> str:
    """What a stored word stands for."""
    return str(_terms()["words"].get(word, word))


def value_text(entry: Mapping[str, Any]) -> str:
    """A stored value as people read it."""
    value, unit = entry.get("value"), str(entry.get("unit") or "")
    if value is None:
        return "không áp dụng"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return "; ".join(word_text(str(word)) for word in value) or "không"
    return f"{value} {UNITS[unit]}" if unit in UNITS else word_text(str(value))


def parse_value(key: str, entry: Mapping[str, Any], given: Iterable[str]) -> object:
    """What an administrator's input is as a value of this kind; DomainError ruleset.bad_value.

    `given`: the one text, or the chosen words of a list.
    """
    words = [word.strip() for word in given if word.strip()]
    if isinstance(entry.get("value"), list):
        return _known_words(key, words)
    text = words[0] if words else ""
    if choices_of(key):
        return _known_words(key, [text])[0]
    if isinstance(entry.get("value"), bool):
        return _yes_or_no(text)
    if entry.get("unit") == "local_time":
        return _time_text(text)
    if entry.get("unit") in UNITS:
        return _number(text)
    raise _bad("Giá trị này chưa đổi được ở đây.")


def parse_form_field(field: str, text: str) -> str | bool | list[str] | None:
    """A form's number, name, suffix, paper size, sectors or line for the number; DomainError ruleset.bad_value."""
    if field == PRINTS_ID and text in YES_NO:
        return text == "co"
    if field == SECTORS:
        return _sector_codes(text)
    shape = _FORM_SHAPES.get(field)
    if shape is None or not shape.match(text.strip()):
        raise _bad("Nội dung không đúng dạng, ví dụ: số mẫu 05, ký hiệu /PXL, khổ giấy A5.")
    return text.strip() or (None if field == "form_no" else "")


def _sector_codes(text: str) -> list[str]:
    codes = text.replace(",", " ").upper().split()
    if not all(_SECTOR.match(code) for code in codes):
        raise _bad("Mã lĩnh vực cách nhau bằng dấu phẩy, ví dụ: G01-CA05.")
    return codes


def _known_words(key: str, words: list[str]) -> list[str]:
    allowed = choices_of(key)
    if not set(words) <= set(allowed):
        raise _bad("Xin chọn một trong các giá trị có sẵn.")
    return [word for word in allowed if word in words]


def _yes_or_no(text: str) -> bool:
    if text not in YES_NO:
        raise _bad("Xin chọn có hoặc không.")
    return text == "co"


def _time_text(text: str) -> str | None:
    """ "15:00"; empty = the rule-set has no such hour."""
    if not text:
        return None
    try:
        return f"{time.fromisoformat(text):%H:%M}"
    except ValueError:
        raise _bad("Giờ viết dạng 15:00; để trống nếu không áp dụng.") from None


def _number(text: str) -> int:
    number = plain_number(text)
    if number is None or number > NUMBER_MAX:
        raise _bad(f"Xin nhập số từ 0 đến {NUMBER_MAX}.")
    return number


def _bad(message: str) -> DomainError:
    return DomainError("ruleset.bad_value", message, "value")
