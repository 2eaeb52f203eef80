"""Pauses, extensions and elapsed time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.rules.due_changes import (
    PauseInterval,
    apply_pauses,
    elapsed_working_minutes,
    merge_pauses,
    shift_due_by_pauses,
)
from dossiers.rules.due_date import compute_due
from dossiers.rules.due_lines import LineCode
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.limits import LimitUnit, TimeLimit
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


def test_a_limit_in_days_may_be_kept_at_the_end_of_its_day() -> None:
    stops = [pause("2024-06-05T10:00", "2024-06-06T11:00")]
    assert shift_due_by_pauses(at("2024-06-14T17:00"), stops, CALENDAR) == at("2024-06-18T09:00")
    assert shift_due_by_pauses(at("2024-06-14T17:00"), stops, CALENDAR, to_end_of_day=True) == at("2024-06-18T17:00")


def test_a_pause_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before"):
        pause("2024-06-05T10:00", "2024-06-05T09:00")


def test_the_explanation_tells_each_pause_and_the_new_promise() -> None:
    due = compute_due(limit=TimeLimit(16, LimitUnit.WORKING_HOUR), accepted_at=START, calendar=CALENDAR)
    paused = apply_pauses(due, [pause("2024-06-03T14:00", "2024-06-04T10:00")], CALENDAR, legal_key="X")
    assert due.due_at == at("2024-06-05T09:00")
    assert paused.due_at == at("2024-06-05T15:00")
    assert paused.lines[-2:] == [
        "Tạm dừng từ 14:00 thứ Hai, 03/06/2024 đến 10:00 thứ Ba, 04/06/2024: 5 giờ làm việc không tính.",
        "Hẹn trả: thứ Tư, 05/06/2024, trước 15:00.",
    ]
    assert [line.code for line in paused.explanation].count(LineCode.DUE) == 1
    assert apply_pauses(due, [], CALENDAR) is due


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
