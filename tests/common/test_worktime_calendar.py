"""Walking along working days and minutes: named cases and ties."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from types import MappingProxyType

import pytest

from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.worktime import (
    DEFAULT_WEEK,
    HoursPeriod,
    OfficeHours,
    Session,
    WeekHours,
    WorkCalendar,
    shipped_calendar,
)

CALENDAR = shipped_calendar()
SATURDAY_MORNING = MappingProxyType({6: (Session(time(8), time(11, 30)),)})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("on", "count", "answer"),
    [
        ("2024-02-07", 3, "2024-02-19"),
        ("2024-04-26", 3, "2024-05-04"),
        ("2024-02-19", -3, "2024-02-07"),
        ("2024-02-10", 1, "2024-02-15"),
        ("2024-02-10", -1, "2024-02-07"),
        ("2024-02-10", 0, "2024-02-10"),
        ("2024-12-31", 1, "2025-01-02"),
        ("2025-01-02", -1, "2024-12-31"),
        # Two whole years: 251 and 250 working days.
        ("2023-12-29", 501, "2025-12-31"),
    ],
)
def test_add_working_days(on: str, count: int, answer: str) -> None:
    start = date.fromisoformat(on)
    reached = CALENDAR.add_working_days(start, count)
    assert reached.isoformat() == answer
    if CALENDAR.is_working_day(start):
        assert CALENDAR.working_days_between(start, reached) == count


def test_next_and_previous_working_day() -> None:
    assert CALENDAR.next_working_day(date(2023, 4, 28)) == date(2023, 5, 4)
    assert CALENDAR.previous_working_day(date(2023, 5, 4)) == date(2023, 4, 28)
    assert CALENDAR.working_day_on_or_after(date(2024, 5, 4)) == date(2024, 5, 4)
    assert CALENDAR.working_day_on_or_after(date(2024, 5, 5)) == date(2024, 5, 6)


@pytest.mark.parametrize(
    ("start", "minutes", "answer"),
    [
        ("2024-10-08T10:30", 120, "2024-10-08T13:30"),
        ("2024-10-08T16:30", 120, "2024-10-09T09:30"),
        # A limit used up with a half-day is due then, not at the next start.
        ("2024-10-08T08:00", 240, "2024-10-08T12:00"),
        ("2024-10-08T08:00", 480, "2024-10-08T17:00"),
        ("2024-10-08T17:00", 480, "2024-10-09T17:00"),
        ("2024-10-08T12:30", 1, "2024-10-08T13:01"),
        ("2024-10-12T09:00", 60, "2024-10-14T09:00"),
        ("2024-12-31T16:59", 2, "2025-01-02T08:01"),
        # Back in time it stops at the start of a session.
        ("2024-10-08T14:00", -60, "2024-10-08T13:00"),
        ("2024-10-08T14:00", -61, "2024-10-08T11:59"),
        ("2025-01-02T08:30", -60, "2024-12-31T16:30"),
        # Nothing to add: the moment itself in office hours, else the next opening.
        ("2024-10-08T12:00", 0, "2024-10-08T12:00"),
        ("2024-10-08T12:01", 0, "2024-10-08T13:00"),
        ("2024-02-10T10:00", 0, "2024-02-15T08:00"),
    ],
)
def test_add_working_minutes(start: str, minutes: int, answer: str) -> None:
    assert CALENDAR.add_working_minutes(at(start), minutes) == at(answer)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2024-10-08T10:30", "2024-10-09T10:30", 480),
        ("2024-10-08T11:59", "2024-10-08T13:01", 2),
        ("2024-10-08T12:10", "2024-10-08T12:50", 0),
        ("2024-02-07T17:00", "2024-02-15T08:00", 0),
        ("2024-02-15T09:00", "2024-02-07T16:00", -120),
        ("2023-01-01T00:00", "2024-01-01T00:00", 249 * 480),
        ("2019-12-30T08:00", "2020-01-02T08:00", 3 * 480),
    ],
)
def test_working_minutes_between(start: str, end: str, minutes: int) -> None:
    assert CALENDAR.working_minutes_between(at(start), at(end)) == minutes


def test_other_time_zones_are_converted_and_answers_are_vietnamese() -> None:
    moment = datetime(2024, 10, 8, 3, 30, tzinfo=UTC)
    moved = CALENDAR.add_working_minutes(moment, 120)
    assert moved.isoformat() == "2024-10-08T13:30:00+07:00"
    assert CALENDAR.working_minutes_between(moment, moved) == 120


def test_naive_moments_are_refused() -> None:
    naive = datetime(2024, 10, 8, 9)  # noqa: DTZ001 - the refusal of a naive moment is what is tested
    with pytest.raises(ValueError, match="naive"):
        CALENDAR.add_working_minutes(naive, 5)


def test_a_make_up_saturday_has_full_hours() -> None:
    assert CALENDAR.start_of_day(date(2024, 5, 4)) == at("2024-05-04T08:00")
    assert CALENDAR.end_of_day(date(2024, 5, 4)) == at("2024-05-04T17:00")


def test_a_day_off_has_no_opening() -> None:
    with pytest.raises(ValueError, match="not a working day"):
        CALENDAR.start_of_day(date(2024, 5, 5))


def test_a_saturday_reception_is_not_working_time() -> None:
    hours = OfficeHours(WeekHours(reception=SATURDAY_MORNING))
    calendar = CALENDAR.with_hours(hours)
    assert calendar.is_reception_moment(at("2024-10-12T09:00"))
    assert not calendar.is_reception_moment(at("2024-10-12T11:31"))
    assert not calendar.is_working_day(date(2024, 10, 12))
    assert calendar.working_minutes_between(at("2024-10-12T08:00"), at("2024-10-12T11:30")) == 0
    # A holiday Saturday receives nobody; a make-up Saturday is an ordinary working day.
    assert not calendar.is_reception_moment(at("2024-02-10T09:00"))
    assert not calendar.is_reception_moment(at("2024-05-04T09:00"))
    assert calendar.is_working_moment(at("2024-05-04T16:00"))


def test_a_season_changes_the_hours_from_its_first_day_until_before_its_last() -> None:
    winter = WeekHours(work={weekday: (Session(time(7, 30), time(11, 30)), Session(time(13), time(16, 30)))
                             for weekday in range(1, 6)})  # fmt: skip
    hours = OfficeHours(DEFAULT_WEEK, (HoursPeriod(winter, date(2024, 10, 9), date(2024, 10, 11)),))
    calendar = CALENDAR.with_hours(hours)
    assert calendar.end_of_day(date(2024, 10, 8)) == at("2024-10-08T17:00")
    assert calendar.end_of_day(date(2024, 10, 9)) == at("2024-10-09T16:30")
    assert calendar.end_of_day(date(2024, 10, 11)) == at("2024-10-11T17:00")
    assert calendar.add_working_minutes(at("2024-10-08T16:00"), 120) == at("2024-10-09T08:30")


def test_sessions_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        WeekHours(work={1: (Session(time(8), time(12)), Session(time(11), time(17)))})
    with pytest.raises(ValueError, match="bad session"):
        Session(time(12), time(12))


def test_an_empty_calendar_follows_the_weekdays() -> None:
    calendar = WorkCalendar("test", {})
    assert calendar.add_working_days(date(2024, 2, 7), 3) == date(2024, 2, 12)
