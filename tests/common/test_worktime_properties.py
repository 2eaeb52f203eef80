"""Laws of working time that hold for every calendar moment, tried by hypothesis."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.worktime import OfficeHours, Session, WeekHours, shipped_calendar

SHORT_FRIDAY = WeekHours(
    work={
        **{weekday: (Session(time(7, 30), time(11, 45)), Session(time(13, 15), time(17))) for weekday in range(1, 5)},
        5: (Session(time(7, 30), time(11)),),
    }
)
CALENDARS = st.sampled_from([shipped_calendar(), shipped_calendar().with_hours(OfficeHours(SHORT_FRIDAY))])
FIRST, LAST = datetime(2022, 6, 1), datetime(2028, 6, 1)  # noqa: DTZ001 - hypothesis adds the zone itself
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(VIETNAM))
DAYS = st.dates(date(2022, 6, 1), date(2028, 6, 1))
MINUTES = st.integers(0, 300_000)


@given(CALENDARS, MOMENTS, MOMENTS, MOMENTS)
def test_minutes_add_up(calendar, a, b, c) -> None:
    between = calendar.working_minutes_between
    assert between(a, b) + between(b, c) == between(a, c)
    assert between(a, b) == -between(b, a)


@given(CALENDARS, MOMENTS, MOMENTS)
def test_minutes_never_run_backwards(calendar, a, b) -> None:
    first, last = sorted((a, b))
    assert 0 <= calendar.working_minutes_between(first, last) <= (last - first) / timedelta(minutes=1) + 1


@given(CALENDARS, MOMENTS, MINUTES)
def test_added_minutes_are_the_minutes_between(calendar, moment, minutes) -> None:
    moved = calendar.add_working_minutes(moment, minutes)
    assert calendar.working_minutes_between(moment, moved) == minutes
    assert calendar.is_working_moment(moved)
    back = calendar.add_working_minutes(moved, -minutes)
    assert calendar.working_minutes_between(back, moved) == minutes
    assert calendar.is_working_moment(back)


@given(CALENDARS, MOMENTS, MINUTES, MINUTES)
def test_more_minutes_never_end_earlier(calendar, moment, a, b) -> None:
    fewer, more = sorted((a, b))
    assert calendar.add_working_minutes(moment, fewer) <= calendar.add_working_minutes(moment, more)


@given(CALENDARS, MOMENTS, MOMENTS, st.integers(1, 100_000))
def test_a_later_start_never_ends_earlier(calendar, a, b, minutes) -> None:
    first, last = sorted((a, b))
    assert calendar.add_working_minutes(first, minutes) <= calendar.add_working_minutes(last, minutes)


@given(CALENDARS, DAYS, st.integers(-900, 900))
def test_added_days_are_working_days_and_count_back(calendar, on, count) -> None:
    reached = calendar.add_working_days(on, count)
    if count:
        assert calendar.is_working_day(reached)
        assert (reached > on) == (count > 0)
    if calendar.is_working_day(on):
        assert calendar.add_working_days(reached, -count) == on
        assert calendar.working_days_between(on, reached) == count


@given(DAYS, st.integers(1, 60))
def test_added_days_agree_with_a_plain_walk(on, count) -> None:
    calendar, walked, left = shipped_calendar(), on, count
    while left:
        walked += timedelta(days=1)
        left -= calendar.is_working_day(walked)
    assert calendar.add_working_days(on, count) == walked


@given(MOMENTS, st.integers(0, 3000))
def test_minutes_agree_with_a_plain_walk(moment, length) -> None:
    calendar, start = shipped_calendar(), moment.replace(second=0, microsecond=0)
    walked = 0
    for step in range(length):
        minute = start + timedelta(minutes=step)
        walked += any(s.start <= minute.time() < s.end for s in calendar.sessions(minute.date()))
    assert calendar.working_minutes_between(start, start + timedelta(minutes=length)) == walked
