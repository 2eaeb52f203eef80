"""Legal basis rows, with two rows that a crawl ran together taken apart where that can be shown (pure)."""

from __future__ import annotations

import re

from procedures.rules.cleaning import as_list, as_mapping, clean_line
from procedures.rules.parsed import ReviewNote

LEGAL_NAME_MAX = 1_500
_BODIES = (
    "CP|TTg|BTC|BTP|BCA|BQP|BYT|BGDĐT|BNNMT|BNNPTNT|BNV|BXD|BCT|BKHCN|BKHĐT|BLĐTBXH|BTNMT|BVHTTDL|BTTTT|BGTVT|NHNN|"
    "TTCP|VPCP|BNG|BDTTG|UBDT|BHXH|TANDTC|VKSNDTC|HĐTP|HĐND|UBND|UBTVQH\\d{2}"
)
_NUMBER = re.compile(rf"\d{{1,8}}/\d{{4}}/(?:QH\d{{2}}|(?:TTLT|VBHN|NĐ|TT|QĐ|NQ|PL|CT)(?:-(?:{_BODIES}))+)")
_YEAR_BEFORE = re.compile(r"^((?:19|20)\d{2})(\d{1,4}/)")


def parse_legal(raw: object) -> tuple[tuple[dict[str, str], ...], list[ReviewNote]]:
    """Rows of `code` and `name`, in order."""
    rows: list[dict[str, str]] = []
    notes: list[ReviewNote] = []
    for entry in as_list(raw):
        item = as_mapping(entry) or {"name": entry}
        row = {"code": clean_line(item.get("code"), 60), "name": clean_line(item.get("name"), LEGAL_NAME_MAX)}
        if not (row["code"] or row["name"]):
            continue
        parts = split_row(row)
        rows += parts
        if len(parts) > 1:
            notes.append(ReviewNote("legal.split", "legal", f"Đã tách dòng gộp: {row['name'][:200]}"))
    return tuple(rows), notes


def split_row(row: dict[str, str]) -> list[dict[str, str]]:
    """`[name A][code A][name B]` with code B beside it becomes two rows; any other row stays as it is.

    It can be shown when code A is glued to the word before it and is not the row's own code: nobody writes a
    citation like that, two cells without their border look exactly so.
    """
    name, own = row["name"], row["code"]
    for found in _NUMBER.finditer(name):
        start, code = _without_year(found)
        before, after = name[:start], name[found.end() :]
        glued = bool(before) and before[-1].isalnum()
        if glued and code != own and len(before.strip()) >= 3 and (after.strip() or not own):
            first = {"code": code, "name": before.strip(" .,;:-")}
            rest = {"code": own, "name": after.strip(" .,;:-") or own}
            return [first, *(split_row(rest) if after.strip() else [])]
    return [row]


def _without_year(found: re.Match[str]) -> tuple[int, str]:
    """`200448/2014/QH13` is the year 2004 followed by 48/2014/QH13."""
    year = _YEAR_BEFORE.match(found.group())
    return (found.start() + 4, found.group()[4:]) if year else (found.start(), found.group())
