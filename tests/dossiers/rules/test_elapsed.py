"""The statistics of QĐ 766: elapsed working minutes and "on time", apart from the legal clock."""

from __future__ import annotations

from datetime import datetime

import pytest

from dossiers.rules.clock_policy import ClockPolicy
from dossiers.rules.elapsed import elapsed_excl_pauses, end_time_766, is_on_time_766
from dossiers.rules.intervals import Interval, IntervalKind
from dossiers.rules.shipped_rulesets import shipped_policy
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.worktime import shipped_calendar

CALENDAR = shipped_calendar()
HOUR = 60


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def stop(kind: IntervalKind, start: str, end: str = "") -> Interval:
    return Interval(kind, at(start), at(end) if end else None)


def elapsed(accepted: str, ended: str, *intervals: Interval, policy: ClockPolicy | None = None) -> int:
    return elapsed_excl_pauses(
        accepted_at=at(accepted),
        ended_at=at(ended),
        intervals=intervals,
        calendar=CALENDAR,
        policy=policy or shipped_policy("R2"),
    )


def test_example_6_a_supplement_is_subtracted_and_the_rest_counts() -> None:
    asked = stop(IntervalKind.SUPPLEMENT, "2024-06-05T09:00", "2024-06-11T14:00")
    assert elapsed("2024-06-03T09:00", "2024-06-28T17:00", asked) == (7 + 19 * 8 - (7 + 3 * 8 + 5)) * HOUR
    assert is_on_time_766(
        promised_at=at("2024-07-02T17:00"), done_at=at("2024-06-28T17:00"), period_end_at=at("2024-12-31T17:00")
    )


def test_two_supplements_that_overlap_are_subtracted_once() -> None:
    one = stop(IntervalKind.SUPPLEMENT, "2024-06-04T08:00", "2024-06-05T17:00")
    other = stop(IntervalKind.SUPPLEMENT, "2024-06-05T08:00", "2024-06-06T17:00")
    assert elapsed("2024-06-03T08:00", "2024-06-07T17:00", one, other) == 2 * 8 * HOUR


def test_an_open_supplement_is_subtracted_up_to_the_end() -> None:
    asked = stop(IntervalKind.SUPPLEMENT, "2024-06-05T08:00")
    assert elapsed("2024-06-03T08:00", "2024-06-28T17:00", asked) == 2 * 8 * HOUR


@pytest.mark.parametrize(
    ("kind", "code", "subtracted"),
    [
        (IntervalKind.PAYMENT, "R2", False),
        (IntervalKind.PAYMENT, "R4", False),
        (IntervalKind.OUTAGE, "R2", False),
        (IntervalKind.OUTAGE, "R4", True),
        (IntervalKind.CONFIRMATION, "R1", False),
        (IntervalKind.CONFIRMATION, "R2", True),
        (IntervalKind.WITHDRAWAL, "R3", False),
    ],
)
def test_each_rule_set_says_what_is_subtracted(kind: IntervalKind, code: str, subtracted: bool) -> None:
    day = stop(kind, "2024-06-04T08:00", "2024-06-04T17:00")
    found = elapsed("2024-06-03T08:00", "2024-06-05T17:00", day, policy=shipped_policy(code))
    assert found == (16 if subtracted else 24) * HOUR


def test_a_rule_set_may_subtract_payment() -> None:
    policy = ClockPolicy.from_rule_set("RX", {"financial_duty_statistics_policy": {"value": "subtract_interval"}})
    duty = stop(IntervalKind.PAYMENT, "2024-06-04T08:00", "2024-06-04T17:00")
    assert elapsed("2024-06-03T08:00", "2024-06-05T17:00", duty, policy=policy) == 16 * HOUR


def test_nothing_elapses_before_acceptance() -> None:
    asked = stop(IntervalKind.SUPPLEMENT, "2024-06-01T08:00", "2024-06-04T08:00")
    assert elapsed("2024-06-03T08:00", "2024-06-02T17:00", asked) == 0
    assert elapsed("2024-06-03T08:00", "2024-06-04T17:00", asked) == 8 * HOUR


def test_the_end_is_done_before_returned_before_stopped_before_the_period() -> None:
    done, returned, stopped, period = (at(f"2024-06-0{day}T09:00") for day in (6, 5, 4, 7))
    assert end_time_766(done_at=done, returned_at=returned, stopped_at=stopped, period_end_at=period) == done
    assert end_time_766(returned_at=returned, stopped_at=stopped, period_end_at=period) == returned
    assert end_time_766(stopped_at=stopped, period_end_at=period) == stopped
    assert end_time_766(period_end_at=period) == period


def test_on_time_is_up_to_the_promised_moment() -> None:
    promised, period = at("2024-06-06T17:00"), at("2024-06-30T17:00")
    assert is_on_time_766(promised_at=promised, done_at=promised, period_end_at=period)
    assert not is_on_time_766(promised_at=promised, done_at=at("2024-06-06T17:01"), period_end_at=period)
    assert not is_on_time_766(promised_at=promised, period_end_at=period)


def test_a_second_request_without_completion_counts_as_overdue() -> None:
    promised, done = at("2024-06-06T17:00"), at("2024-06-05T17:00")
    found = [
        is_on_time_766(promised_at=promised, done_at=done, period_end_at=promised, open_supplement_requests=count)
        for count in (0, 1, 2)
    ]
    assert found == [True, True, False]
