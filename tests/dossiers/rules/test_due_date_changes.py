"""Pauses, extensions and elapsed time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.rules.due_changes import (
    PauseInterval,
    elapsed_working_minutes,
    merge_pauses,
    shift_due_by_pauses,
)
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.worktime import shipped_calendar

CALENDAR = shipped_calendar()
START = datetime(2024, 6, 3, 9, tzinfo=VIETNAM)
OFFSETS = st.integers(0, 60 * 24 * 40)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def pause(start: str, end: str) -> PauseInterval:
    return PauseInterval(at(start), at(end))


@st.composite
def pauses(draw: st.DrawFn) -> list[PauseInterval]:
    bounds = draw(st.lists(st.tuples(OFFSETS, OFFSETS), max_size=4))
    return [
        PauseInterval(START + timedelta(minutes=min(pair)), START + timedelta(minutes=max(pair))) for pair in bounds
    ]


def test_overlapping_pauses_are_counted_once() -> None:
    merged = merge_pauses(
        [pause("2024-06-05T10:00", "2024-06-06T10:00"), pause("2024-06-04T10:00", "2024-06-05T12:00")]
    )
    assert merged == [pause("2024-06-04T10:00", "2024-06-06T10:00")]


def test_a_pause_inside_a_weekend_moves_nothing() -> None:
    due_at = at("2024-06-14T17:00")
    assert shift_due_by_pauses(due_at, [pause("2024-06-08T00:00", "2024-06-09T23:00")], CALENDAR) == due_at


def test_a_pause_that_begins_after_the_due_date_revives_nothing() -> None:
    due_at = at("2024-06-14T17:00")
    assert shift_due_by_pauses(due_at, [pause("2024-06-17T08:00", "2024-06-20T08:00")], CALENDAR) == due_at


def test_a_pause_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before"):
        pause("2024-06-05T10:00", "2024-06-05T09:00")


@given(pauses())
def test_shifting_gives_back_exactly_the_paused_minutes(stops: list[PauseInterval]) -> None:
    due_at = CALENDAR.add_working_minutes(START, 60 * 8 * 60)
    shifted = shift_due_by_pauses(due_at, stops, CALENDAR)
    paused = sum(CALENDAR.working_minutes_between(s.started_at, s.ended_at) for s in merge_pauses(stops))
    assert CALENDAR.working_minutes_between(due_at, shifted) == paused
    assert elapsed_working_minutes(START, shifted, stops, CALENDAR) == 60 * 8 * 60


@given(pauses(), OFFSETS)
def test_elapsed_time_is_never_negative_nor_longer_than_the_span(stops: list[PauseInterval], length: int) -> None:
    end = START + timedelta(minutes=length)
    elapsed = elapsed_working_minutes(START, end, stops, CALENDAR)
    assert 0 <= elapsed <= CALENDAR.working_minutes_between(START, end)
