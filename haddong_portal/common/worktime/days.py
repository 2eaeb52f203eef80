"""What a single day is, and why (domain.md §4.1 rule 10: the calendar is data with a source)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from haddong_portal.common.dates import day_month, weekday_name


class DayKind(StrEnum):
    """Why a day counts or does not."""

    WORK = "WORK"
    WEEKEND = "WEEKEND"
    HOLIDAY = "HOLIDAY"
    COMP_OFF = "COMP_OFF"
    SWAP_OFF = "SWAP_OFF"
    SWAP_WORK = "SWAP_WORK"

    @property
    def is_working(self) -> bool:
        return self in _WORKING


_WORKING = frozenset({DayKind.WORK, DayKind.SWAP_WORK})


class Certainty(StrEnum):
    """How sure a row is; ESTIMATE marks a year whose official announcement is still awaited."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    ESTIMATE = "estimate"


@dataclass(frozen=True, slots=True)
class DayEntry:
    """One dated fact: `name` is the Vietnamese name of the holiday, or what the day is exchanged for
    ("Hoán đổi với thứ Bảy 04/05/2024", "Làm bù cho thứ Hai 29/04/2024").
    """

    on: date
    kind: DayKind
    name: str
    legal_source: str = ""
    certainty: Certainty = Certainty.HIGH

    @property
    def reason(self) -> str:
        """The reason in Vietnamese, without the legal source: "nghỉ bù Tết Nguyên đán"."""
        match self.kind:
            case DayKind.HOLIDAY:
                return f"nghỉ {self.name}"
            case DayKind.COMP_OFF:
                return f"nghỉ bù {self.name}"
            case DayKind.SWAP_OFF:
                return f"nghỉ {_lower_first(self.name)}"
            case DayKind.SWAP_WORK:
                return _lower_first(self.name)
            case DayKind.WEEKEND:
                return "nghỉ cuối tuần"
            case DayKind.WORK:
                return "ngày làm việc"


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def weekday_entry(on: date) -> DayEntry:
    """What the weekday alone says: Monday to Friday work, Saturday and Sunday are off (40 hours a week)."""
    kind = DayKind.WEEKEND if on.weekday() >= 5 else DayKind.WORK
    return DayEntry(on, kind, weekday_name(on))


def _name_in_run(entry: DayEntry) -> str:
    return _lower_first(entry.name) if entry.kind == DayKind.SWAP_OFF else entry.name


def describe_run(entries: Iterable[DayEntry]) -> str:
    """A run of days off in a few words: "nghỉ Tết Nguyên đán từ 08/02 đến 14/02".

    Weekends inside a holiday run are told with the holiday; a run of weekend days only is "nghỉ cuối tuần".
    """
    run = list(entries)
    if not run:
        return ""
    if len(run) == 1:
        return f"{run[0].reason} {day_month(run[0].on)}"
    first, last = day_month(run[0].on), day_month(run[-1].on)
    when = f"{first} và {last}" if len(run) == 2 else f"từ {first} đến {last}"
    return f"nghỉ {', '.join(_names(run)) or 'cuối tuần'} {when}"


def _names(run: list[DayEntry]) -> list[str]:
    """The names in a run, each once, holidays before days exchanged."""
    named = sorted((entry for entry in run if entry.kind != DayKind.WEEKEND), key=lambda e: e.kind == DayKind.SWAP_OFF)
    return list(dict.fromkeys(_name_in_run(entry) for entry in named))
