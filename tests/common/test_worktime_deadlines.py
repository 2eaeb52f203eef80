"""Badges of deadlines: in time, due soon, overdue, in words."""

from __future__ import annotations

from datetime import datetime

import pytest

from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.worktime import DeadlineKind, deadline_state, describe_remaining, shipped_calendar


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("now", "kind", "minutes", "text"),
    [
        ("2024-10-07T14:00", DeadlineKind.IN_TIME, 1140, "còn 2 ngày 3 giờ làm việc"),
        ("2024-10-08T16:59", DeadlineKind.IN_TIME, 481, "còn 1 ngày làm việc"),
        ("2024-10-08T17:00", DeadlineKind.DUE_SOON, 480, "còn 1 ngày làm việc"),
        ("2024-10-09T13:40", DeadlineKind.DUE_SOON, 200, "còn 3 giờ 20 phút làm việc"),
        ("2024-10-09T16:35", DeadlineKind.DUE_SOON, 25, "còn 25 phút làm việc"),
        # Exactly at the due moment it is still in time.
        ("2024-10-09T17:00", DeadlineKind.DUE_SOON, 0, "đến hạn"),
        ("2024-10-09T20:00", DeadlineKind.OVERDUE, 0, "đã qua giờ hẹn"),
        ("2024-10-10T10:00", DeadlineKind.OVERDUE, -120, "quá hạn 2 giờ làm việc"),
        ("2024-10-11T13:00", DeadlineKind.OVERDUE, -720, "quá hạn 1 ngày 4 giờ làm việc"),
    ],
)
def test_state_of_a_deadline(now: str, kind: DeadlineKind, minutes: int, text: str) -> None:
    state = deadline_state(at("2024-10-09T17:00"), at(now), shipped_calendar())
    assert (state.kind, state.remaining_minutes, state.text) == (kind, minutes, text)


def test_due_soon_is_a_setting() -> None:
    state = deadline_state(at("2024-10-09T17:00"), at("2024-10-09T09:00"), shipped_calendar(), due_soon_minutes=60)
    assert state.kind == DeadlineKind.IN_TIME


def test_describe_remaining() -> None:
    assert describe_remaining(660) == "còn 1 ngày 3 giờ làm việc"
    assert describe_remaining(-120) == "quá hạn 2 giờ làm việc"
    assert describe_remaining(1) == "còn 1 phút làm việc"
