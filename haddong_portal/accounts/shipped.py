"""What the loaders of shipped data share: reading a data file and saying what was done."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import haddong_portal

DATA_DIR = Path(haddong_portal.__file__).parent / "accounts" / "data"


@dataclass(frozen=True)
class Loaded:
    """Rows that a loader made, and rows that were there already (never overwritten: people edit them)."""

    name: str
    created: int
    kept: int

    def __str__(self) -> str:
        return f"{self.name}: thêm {self.created}, giữ nguyên {self.kept}"


def read_data(name: str) -> dict[str, Any]:
    """The shipped file `name` of the accounts app."""
    loaded = json.loads((DATA_DIR / name).read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise ValueError(f"{name}: not a data file of accounts")
    return loaded


def day(text: str | None) -> date | None:
    """The date of an ISO text; None for none."""
    return date.fromisoformat(text) if text else None
