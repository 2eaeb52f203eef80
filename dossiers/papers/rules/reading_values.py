"""Cut a value out of a line the way a clerk would write it down; "" when it is none after all."""

from __future__ import annotations

import re
from datetime import date

from dossiers.papers.rules.spelling import flat

_LOOKS_LIKE_DIGIT = str.maketrans({"o": "0", "O": "0", "i": "1", "I": "1", "l": "1", "|": "1"})
_DATE = re.compile(r"(\d{1,2})\D+(\d{1,2})\D+(\d{4})")
# Where a name ends although the line goes on: the next thing that forms print beside it.
_NAME_ENDS = re.compile(
    r"\s{3,}|[,;:(|/\\.\d]|\b(?:gioi tinh|ngay|sinh|nam sinh|dan toc|quoc tich|so dinh danh|so|cccd|cmnd|nam|nu)\b"
)
_ISSUER_ENDS = re.compile(r"\s{3,}|;|\b(?:ngay cap|ngay|cong hoa xa hoi|so\s*:)\b")
NAME_WORDS_LEAST, NAME_WORDS_MOST = 2, 8
YEAR_LEAST, YEAR_MOST = 1900, 2200
ID_LENGTHS = (9, 12)


def settle(field: str, raw: str) -> str:
    """The value for a field's name or kind: dates as YYYY-MM-DD, ID numbers as digits, names without what follows."""
    if field in ("issued_on", "valid_to", "date"):
        return read_date(raw)
    if field == "holder_id":
        return _digits(raw)
    if field == "holder_name":
        return read_name(raw)
    if field == "issuer_name":
        return _until(raw, _ISSUER_ENDS).strip(" .,:-")
    if field == "number":
        return _number(raw)
    return " ".join(raw.split()).strip(" .,:;")


def read_date(raw: str) -> str:
    """ISO form of the day in "05/3/2024", "5 tháng 3 năm 2024" or "O5.03.2024"; "" when there is no such day."""
    found = _DATE.search(_words_out(raw).translate(_LOOKS_LIKE_DIGIT))
    if not found:
        return ""
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day).isoformat() if YEAR_LEAST <= year <= YEAR_MOST else ""
    except ValueError:
        return ""


def _words_out(raw: str) -> str:
    """The months' and years' words become a stroke, so that their letters are not taken for digits."""
    level = flat(raw)
    for word in ("thang", "nam", "ngay"):
        level = level.replace(word, "/")
    return level


def read_name(raw: str) -> str:
    """A person's name: two to eight words, ended by the next label or wide space."""
    name = " ".join(_until(raw, _NAME_ENDS).split()).strip(" .,:-")
    words = name.split()
    return name if NAME_WORDS_LEAST <= len(words) <= NAME_WORDS_MOST else ""


def _until(raw: str, ends: re.Pattern[str]) -> str:
    found = ends.search(flat(raw).rstrip())
    return raw[: found.start()] if found else raw.rstrip()


def _digits(raw: str) -> str:
    digits = "".join(letter for letter in raw.translate(_LOOKS_LIKE_DIGIT) if letter.isdigit())
    return digits if len(digits) in ID_LENGTHS and len(set(digits)) > 1 else ""


def _number(raw: str) -> str:
    number = re.sub(r"\s*([/-])\s*", r"\1", " ".join(raw.split())).strip(" .,:;-/")
    return number if any(letter.isdigit() for letter in number) else ""
