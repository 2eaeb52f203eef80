"""The shipped calendar: its totals, its holidays against an independent library, its manners."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest

from haddong_portal.common.worktime import (
    Certainty,
    DayKind,
    build_calendar,
    load_calendar_rows,
    shipped_calendar,
    shipped_calendar_path,
)


@pytest.mark.parametrize(("year", "total"), [(2023, 249), (2024, 251), (2025, 250), (2026, 249)])
def test_working_days_of_a_year(year: int, total: int) -> None:
    assert shipped_calendar().working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == total


@pytest.mark.parametrize("year", range(2023, 2028))
def test_tet_agrees_with_the_holidays_library(year: int) -> None:
    library = holidays.country_holidays("VN", years=year, language="vi")
    tet = {on for on, name in library.items() if "Tết" in name and "Dương lịch" not in name}
    assert len(tet) >= 5
    ours = shipped_calendar()
    assert {on for on in tet if ours.is_working_day(on)} == set()
    # Both ways: every weekday we call Tết is one there.
    named = {row.on for row in ours.days.values() if row.name == "Tết Nguyên đán" and row.on.year == year}
    assert {on for on in named if on.weekday() < 5} <= tet


@pytest.mark.parametrize("year", range(2023, 2028))
def test_every_library_holiday_is_a_day_off(year: int) -> None:
    library = holidays.country_holidays("VN", years=year)
    assert [on for on in library if shipped_calendar().is_working_day(on)] == []


def test_every_row_says_what_why_and_how_sure() -> None:
    rows = load_calendar_rows(shipped_calendar_path())
    assert [row.on for row in rows] == sorted({row.on for row in rows})
    assert all(row.name and row.legal_source for row in rows)
    assert {row.certainty for row in rows if row.on.year == 2027} == {Certainty.ESTIMATE}
    assert Certainty.ESTIMATE not in {row.certainty for row in rows if row.on.year < 2027}


def test_swap_days_come_in_pairs() -> None:
    rows = load_calendar_rows(shipped_calendar_path())
    off = [row for row in rows if row.kind == DayKind.SWAP_OFF]
    work = [row for row in rows if row.kind == DayKind.SWAP_WORK]
    assert len(off) == len(work) == 4
    assert all(row.on.weekday() == 5 for row in work)
    assert all(row.on.weekday() < 5 for row in off)


def test_a_day_named_twice_is_refused() -> None:
    rows = load_calendar_rows(shipped_calendar_path())
    with pytest.raises(ValueError, match="twice"):
        build_calendar([*rows, rows[0]])


def test_years_without_rows_follow_the_weekdays_and_say_so() -> None:
    calendar = shipped_calendar()
    assert not calendar.is_published(2028)
    assert calendar.is_published(2026)
    assert calendar.is_estimated(2027)
    assert not calendar.is_estimated(2026)
    assert calendar.is_working_day(date(2028, 1, 3))
    assert not calendar.is_working_day(date(2028, 1, 2))


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        (date(2024, 2, 9), "nghỉ Tết Nguyên đán – Bộ luật Lao động 2019, Điều 112"),
        (date(2024, 2, 14), "nghỉ bù Tết Nguyên đán – Bộ luật Lao động 2019, Điều 111 khoản 3"),
        (date(2026, 1, 2), "nghỉ hoán đổi với thứ Bảy 10/01/2026 – Công văn 12729/VPCP-KGVX ngày 25/12/2025"),
        (date(2026, 1, 10), "làm bù cho thứ Sáu 02/01/2026 – Công văn 12729/VPCP-KGVX ngày 25/12/2025"),
        (date(2024, 3, 2), "nghỉ cuối tuần"),
        (date(2024, 3, 4), "ngày làm việc"),
    ],
)
def test_a_day_is_described_with_its_source(on: date, reason: str) -> None:
    assert shipped_calendar().describe(on) == reason


def test_no_run_of_days_off_is_longer_than_a_long_tet() -> None:
    calendar, on, run = shipped_calendar(), date(2023, 1, 1), 0
    while on < date(2028, 1, 1):
        run = 0 if calendar.is_working_day(on) else run + 1
        assert run <= 9
        on += timedelta(days=1)
