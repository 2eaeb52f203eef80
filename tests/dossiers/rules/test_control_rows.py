"""The control sheet's rows: who gave to whom, and the receiver's judgement of the giver."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dossiers.rules.control_rows import LoggedStep, control_rows, judged
from haddong_portal.common.clock import VIETNAM

AT = datetime(2024, 3, 5, 9, 0, tzinfo=VIETNAM)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("finished_at", "verdict"),
    [
        (None, ""),
        (AT - DAY, "trước hạn"),
        (AT - timedelta(hours=1), "đúng hạn"),
        (AT, "đúng hạn"),
        (AT + timedelta(minutes=1), "quá hạn"),
        # The database answers in UTC, where 6:30 of Vietnam's morning is still yesterday.
        ((AT - timedelta(hours=2, minutes=30)).astimezone(UTC), "đúng hạn"),
    ],
)
def test_the_receiver_judges_by_the_givers_limit(finished_at: datetime | None, verdict: str) -> None:
    assert judged(finished_at, AT) == verdict


def step(unit: str, name: str, at: datetime, *, done: bool = True, sent_back: bool = False) -> LoggedStep:
    return LoggedStep(
        unit_name=unit,
        officer_name=f"Người của {unit}",
        step_name=name,
        handed_at=at,
        taken_at=at + timedelta(minutes=5) if done else None,
        finished_at=at + timedelta(hours=1) if done else None,
        due_at=at + timedelta(hours=2),
        note="thiếu chữ ký nháy",
        is_sent_back=sent_back,
    )


def test_a_row_for_each_hand_over_and_the_last_comes_back() -> None:
    log = [step("Một cửa", "Tiếp nhận", AT), step("Phòng", "Thẩm định", AT + DAY), step("Phòng", "Ký", AT + 2 * DAY)]
    rows = control_rows(log, desk_name="Một cửa", returned_at=AT + 3 * DAY)
    assert [(row.from_unit, row.to_unit, row.result) for row in rows] == [
        ("Một cửa", "Phòng", ""),
        ("Phòng", "Phòng", "đúng hạn"),
        ("Phòng", "Một cửa", "đúng hạn"),
    ]
    assert (rows[0].handed_at, rows[0].received_at) == (AT + DAY, AT + DAY + timedelta(minutes=5))


def test_nobody_has_taken_the_last_step_yet() -> None:
    rows = control_rows(
        [step("Một cửa", "Tiếp nhận", AT), step("Phòng", "Thẩm định", AT + DAY, done=False)],
        desk_name="Một cửa",
        returned_at=None,
    )
    assert [(row.received_at, row.note) for row in rows] == [(None, "Thẩm định")]


def test_what_was_sent_back_says_why() -> None:
    log = [step("Phòng", "Trình", AT), step("Lãnh đạo", "Ký", AT, sent_back=True), step("Phòng", "Trình", AT + DAY)]
    rows = control_rows(log, desk_name="Một cửa", returned_at=None)
    assert rows[1].note == "trả lại: thiếu chữ ký nháy"


def test_no_log_no_rows() -> None:
    assert control_rows([], desk_name="Một cửa", returned_at=AT) == []
