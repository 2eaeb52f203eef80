"""Read the calendar file that the portal ships (facts with sources; the database takes its rows from here)."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import haddong_portal
from haddong_portal.common.worktime.calendar import WorkCalendar, build_calendar
from haddong_portal.common.worktime.days import Certainty, DayEntry, DayKind


def shipped_calendar_path() -> Path:
    """Where the shipped rows lie: data of the accounts app."""
    return Path(haddong_portal.__file__).parent / "accounts" / "data" / "calendar.json"


def load_calendar_rows(path: Path) -> list[DayEntry]:
    """The file's rows, by day. Raises ValueError or KeyError for a file in another shape."""
    rows = [_row(raw) for raw in _read(path)["days"]]
    return sorted(rows, key=lambda row: row.on)


def load_calendar_version(path: Path) -> str:
    """The version name the file gives itself."""
    return str(_read(path)["version"])


@lru_cache(maxsize=1)
def shipped_calendar() -> WorkCalendar:
    """The shipped rows with the default office hours; read once."""
    path = shipped_calendar_path()
    return build_calendar(load_calendar_rows(path), version=load_calendar_version(path))


def _read(path: Path) -> dict[str, Any]:
    loaded = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise ValueError(f"{path.name}: not a calendar file")
    return loaded


def _row(raw: dict[str, str]) -> DayEntry:
    return DayEntry(
        on=date.fromisoformat(raw["on"]),
        kind=DayKind(raw["kind"]),
        name=raw["name"],
        legal_source=raw["legal_source"],
        certainty=Certainty(raw["certainty"]),
    )
