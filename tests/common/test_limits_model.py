"""Limits as values: spelling, storage, refusals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haddong_portal.common.errors import DomainError
from haddong_portal.common.limits import LimitUnit, TimeLimit, parse_limit_text

LIMITS = st.one_of(
    st.builds(TimeLimit, st.integers(1, 2000), st.just(LimitUnit.WORKING_DAY)),
    st.builds(TimeLimit, st.sampled_from(["0.5", "1.5", "0.25", "2.75"]), st.just(LimitUnit.WORKING_DAY)),
    # Bare multiples of 24 hours are ambiguous in texts, but not when "làm việc" is written out.
    st.builds(TimeLimit, st.integers(1, 2000), st.just(LimitUnit.WORKING_HOUR)),
    st.builds(TimeLimit, st.integers(1, 3650), st.just(LimitUnit.CALENDAR_DAY)),
    st.builds(TimeLimit, st.integers(1, 120), st.just(LimitUnit.CALENDAR_MONTH)),
    st.booleans().map(lambda rolls: TimeLimit.same_day(rolls_after_15=rolls)),
)


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (TimeLimit(3, LimitUnit.WORKING_DAY), "03 ngày làm việc"),
        (TimeLimit(15, LimitUnit.WORKING_DAY), "15 ngày làm việc"),
        (TimeLimit("0.5", LimitUnit.WORKING_DAY), "½ ngày làm việc"),
        (TimeLimit("1.50", LimitUnit.WORKING_DAY), "1,5 ngày làm việc"),
        (TimeLimit(8, LimitUnit.WORKING_HOUR), "08 giờ làm việc"),
        (TimeLimit(20, LimitUnit.CALENDAR_DAY), "20 ngày"),
        (TimeLimit(2, LimitUnit.CALENDAR_MONTH), "02 tháng"),
        (TimeLimit.same_day(), "trong ngày làm việc"),
    ],
)
def test_text(limit: TimeLimit, text: str) -> None:
    assert limit.to_text() == text


@given(LIMITS)
def test_what_we_print_we_read_back(limit: TimeLimit) -> None:
    assert parse_limit_text(limit.to_text()).limit == limit


@given(LIMITS)
def test_storage_gives_the_same_limit_back(limit: TimeLimit) -> None:
    assert TimeLimit.from_json(limit.to_json()) == limit


def test_one_amount_has_one_spelling() -> None:
    assert TimeLimit(Decimal("3.00"), LimitUnit.WORKING_DAY).to_json() == {"amount": "3", "unit": "working_day"}
    assert TimeLimit("1E1", LimitUnit.WORKING_DAY) == TimeLimit(10, LimitUnit.WORKING_DAY)
    assert TimeLimit.same_day().to_json() == {"amount": "1", "unit": "same_day", "rolls_after_15": True}


def test_minutes_of_a_limit() -> None:
    assert TimeLimit("0.5", LimitUnit.WORKING_DAY).working_minutes == 240
    assert TimeLimit(30, LimitUnit.WORKING_DAY).working_minutes == 240 * 60
    assert TimeLimit("3.5", LimitUnit.WORKING_HOUR).working_minutes == 210
    assert TimeLimit(3, LimitUnit.CALENDAR_DAY).working_minutes is None


@pytest.mark.parametrize(
    ("amount", "unit", "code"),
    [
        (0, LimitUnit.WORKING_DAY, "limit.not_positive"),
        (-1, LimitUnit.WORKING_DAY, "limit.not_positive"),
        ("NaN", LimitUnit.WORKING_DAY, "limit.not_positive"),
        ("ba", LimitUnit.WORKING_DAY, "limit.unreadable"),
        (2001, LimitUnit.WORKING_DAY, "limit.too_large"),
        ("1E+999999", LimitUnit.WORKING_HOUR, "limit.too_large"),
        (2, LimitUnit.SAME_DAY, "limit.too_large"),
        ("0.333", LimitUnit.WORKING_HOUR, "limit.too_fine"),
        ("0.5", LimitUnit.CALENDAR_DAY, "limit.too_fine"),
        ("1.5", LimitUnit.CALENDAR_MONTH, "limit.too_fine"),
    ],
)
def test_unusable_amounts_are_refused(amount: int | str, unit: LimitUnit, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        TimeLimit(amount, unit)
    assert refusal.value.code == code


@pytest.mark.parametrize("stored", [{}, {"amount": "3"}, {"amount": "3", "unit": "fortnight"}])
def test_unknown_storage_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(DomainError) as refusal:
        TimeLimit.from_json(stored)
    assert refusal.value.code == "limit.unreadable"
