"""Dates in words, and moments from text."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.dates import due_text, long_date, moment_text, parse_rfc3339_local, short_date, weekday_name
from haddong_portal.common.errors import DomainError


def test_dates_in_words() -> None:
    assert weekday_name(date(2024, 2, 18)) == "Chủ nhật"
    assert long_date(date(2024, 2, 19)) == "thứ Hai, 19/02/2024"
    assert short_date(date(2024, 2, 9)) == "09/02/2024"
    assert due_text(datetime(2024, 2, 19, 10, tzinfo=UTC)) == "thứ Hai, 19/02/2024, trước 17:00"
    assert moment_text(datetime(2024, 2, 7, 9, tzinfo=VIETNAM)) == "09:00 thứ Tư, 07/02/2024"


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-07T09:00",
        "2024-02-07 09:00",
        "2024-02-07T09:00:00+07:00",
        "2024-02-07T02:00:00Z",
        " 2024-02-07T04:00+02:00 ",
    ],
)
def test_one_moment_in_many_spellings(text: str) -> None:
    assert parse_rfc3339_local(text).isoformat() == "2024-02-07T09:00:00+07:00"


@pytest.mark.parametrize(
    "text",
    ["", "2024-02-07", "2024-02-30T09:00", "07/02/2024 09:00", "2024-02-07T25:00", "0001-01-01T00:00+14:00", "x"],
)
def test_anything_else_is_refused_with_a_code(text: str) -> None:
    with pytest.raises(DomainError) as refusal:
        parse_rfc3339_local(text)
    assert refusal.value.code == "time.unreadable"
