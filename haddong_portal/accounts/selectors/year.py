"""A year of the calendar as a screen shows it: months of weeks of days, each with its kind and reason."""

from __future__ import annotations

import calendar as python_calendar
from dataclasses import dataclass
from datetime import date

from haddong_portal.accounts.models import CalendarDay, CalendarVersion
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common import clock
from haddong_portal.common.worktime import Certainty, DayEntry


@dataclass(frozen=True)
class DayCell:
    """One day; `is_special` when a dated row says so rather than its weekday."""

    on: date
    entry: DayEntry
    is_special: bool
    is_today: bool

    @property
    def is_off(self) -> bool:
        return not self.entry.kind.is_working

    @property
    def label(self) -> str:
        """For the voice and the tooltip: "08/02/2024: nghỉ Tết Nguyên đán"."""
        return f"{self.on:%d/%m/%Y}: {self.entry.reason}"


@dataclass(frozen=True)
class Month:
    """Weeks from Monday to Sunday; None fills the days of the neighbouring months."""

    number: int
    weeks: tuple[tuple[DayCell | None, ...], ...]
    working_days: int


@dataclass(frozen=True)
class Year:
    """The twelve months and what the calendar says of the year as a whole."""

    year: int
    months: tuple[Month, ...]
    working_days: int
    is_published: bool
    is_estimated: bool
    special: tuple[DayCell, ...]


def calendar_year(year: int) -> Year:
    """The year under the calendar in force; working-day totals of 2023 to 2026 are 249, 251, 250, 249."""
    found = work_calendar_for()
    today = clock.today()

    def cell(on: date) -> DayCell:
        return DayCell(on, found.entry(on), on in found.days, on == today)

    weeks = python_calendar.Calendar().monthdatescalendar
    months = []
    for number in range(1, 13):
        rows = tuple(tuple(cell(on) if on.month == number else None for on in week) for week in weeks(year, number))
        months.append(Month(number, rows, sum(1 for row in rows for day in row if day and not day.is_off)))
    cells = [day for month in months for week in month.weeks for day in week if day]
    return Year(
        year=year,
        months=tuple(months),
        working_days=sum(month.working_days for month in months),
        is_published=found.is_published(year),
        is_estimated=found.is_estimated(year),
        special=tuple(day for day in cells if day.is_special),
    )


def calendar_day(on: date) -> CalendarDay | None:
    """The dated row of a day, when it is not what its weekday says."""
    return CalendarDay.objects.filter(on=on).first()


def day_history(on: date) -> list[CalendarDay]:
    """The earlier and present states of a day's row, newest first, with who changed it and why."""
    return list(CalendarDay.history.filter(on=on).select_related("history_user").order_by("-history_date")[:20])


def latest_versions(limit: int = 10) -> list[CalendarVersion]:
    """The newest versions with their reasons."""
    return list(CalendarVersion.objects.order_by("-number")[:limit])


def is_certain(entry: DayEntry) -> bool:
    """Whether the row needs no confirmation by the district."""
    return entry.certainty == Certainty.HIGH
