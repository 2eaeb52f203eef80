"""The wordings of consents, by purpose and day: dated data of ours (data/consents.json), read once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from haddong_portal.common.errors import NotFound

FILE = Path(__file__).resolve().parent / "data" / "consents.json"


@dataclass(frozen=True)
class ConsentWording:
    """What a person is asked, in one version; `on_withdrawal` says what changes when they take it back."""

    purpose: str
    version: str
    valid_from: date
    source: str
    title: str
    text: str
    on_withdrawal: str


@cache
def _wordings() -> tuple[ConsentWording, ...]:
    rows = json.loads(FILE.read_text(encoding="utf-8"))["wordings"]
    return tuple(ConsentWording(**{**row, "valid_from": date.fromisoformat(row["valid_from"])}) for row in rows)


def wording_of(purpose: str, *, on: date, version: str = "") -> ConsentWording:
    """The wording in force on a day, or the one of a `version`; NotFound consent.no_wording."""
    of_purpose = [one for one in _wordings() if one.purpose == purpose]
    found = [one for one in of_purpose if (one.version == version if version else one.valid_from <= on)]
    if not found:
        raise NotFound("Chưa có lời văn cho mục đích này.", code="consent.no_wording")
    return max(found, key=lambda one: one.valid_from)


def purposes() -> list[str]:
    """Every purpose that has a wording, in the file's order."""
    return list(dict.fromkeys(one.purpose for one in _wordings()))
