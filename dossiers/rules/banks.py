"""The banks that a transfer code may name: the list that ships with the portal, as data."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import dossiers

PATH = Path(dossiers.__file__).parent / "data" / "banks.json"


@lru_cache(maxsize=1)
def banks() -> tuple[tuple[str, str], ...]:
    """(BIN, name) in the order of the list."""
    rows = json.loads(PATH.read_text(encoding="utf-8"))["banks"]
    return tuple((row["bin"], row["name"]) for row in rows)


def bank_name(bank_bin: str) -> str:
    """The bank's name, "" for one that is not on the list."""
    return dict(banks()).get(bank_bin, "")
