"""The legal clock over supplements, pauses, re-appointments: worked examples and the sentences that explain them."""

from __future__ import annotations

from datetime import datetime

import pytest

from dossiers.rules.clock import ClockReading, legal_due_at
from dossiers.rules.clock_policy import ClockPolicy
from dossiers.rules.due_lines import LineCode
from dossiers.rules.intervals import Extension, Interval, IntervalKind
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.limits import LimitUnit, TimeLimit
from haddong_portal.common.worktime import shipped_calendar

CALENDAR = shipped_calendar()
OUTAGE_PAUSES = ClockPolicy.from_rule_set("R4", {"system_outage_clock_policy": {"value": "pause"}})
SUPPLEMENT, PAYMENT = IntervalKind.SUPPLEMENT, IntervalKind.PAYMENT


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def days(amount: int) -> TimeLimit:
    return TimeLimit(amount, LimitUnit.WORKING_DAY)


def stop(kind: IntervalKind, start: str, end: str = "") -> Interval:
    return Interval(kind, at(start), at(end) if end else None)


def reading(limit: TimeLimit, accepted: str, *intervals: Interval, **options: object) -> ClockReading:
    return legal_due_at(limit=limit, accepted_at=at(accepted), intervals=intervals, calendar=CALENDAR, **options)


def test_example_5_a_completed_supplement_starts_the_limit_anew() -> None:
    asked = stop(SUPPLEMENT, "2024-06-05T09:00", "2024-06-11T14:00")
    found = reading(days(15), "2024-06-03T09:00", asked)
    assert found.due_at == found.running_due_at == at("2024-07-02T17:00")
    assert found.deemed_accepted_at == at("2024-06-11T14:00")
    assert found.lines[:3] == [
        "Tiếp nhận lúc 09:00 thứ Hai, 03/06/2024.",
        "Yêu cầu bổ sung lúc 09:00 thứ Tư, 05/06/2024, nhận đủ lúc 14:00 thứ Ba, 11/06/2024: thời hạn tính lại từ đầu.",
        "Thời hạn giải quyết: 15 ngày làm việc, không tính ngày tiếp nhận.",
    ]
    assert found.lines[-1] == "Hẹn trả: thứ Ba, 02/07/2024, trước 17:00."


def test_each_supplement_starts_the_limit_anew_at_its_end() -> None:
    first = stop(SUPPLEMENT, "2024-06-05T09:00", "2024-06-11T14:00")
    second = stop(SUPPLEMENT, "2024-06-14T09:00", "2024-06-19T10:00")
    found = reading(days(3), "2024-06-03T09:00", second, first)
    assert found.due_at == at("2024-06-24T17:00")
    assert [line.code for line in found.explanation].count(LineCode.RESTARTED) == 2


def test_while_a_supplement_is_awaited_no_date_runs_but_the_last_one_is_told() -> None:
    found = reading(days(15), "2024-06-03T09:00", stop(SUPPLEMENT, "2024-06-05T09:00"))
    assert (found.is_running, found.running_due_at) == (False, None)
    assert found.frozen_since == at("2024-06-05T09:00")
    assert found.due_at == at("2024-06-24T17:00")
    assert found.explanation[-1].code == LineCode.FROZEN
    assert found.lines[-1] == (
        "Đang chờ bổ sung từ 09:00 thứ Tư, 05/06/2024: thời hạn tạm dừng, khi nhận đủ sẽ tính lại từ đầu. "
        "Ngày hẹn trước khi dừng: thứ Hai, 24/06/2024, trước 17:00."
    )


def test_a_withdrawal_freezes_and_counts_on_when_declined() -> None:
    asked = reading(days(5), "2024-06-03T09:00", stop(IntervalKind.WITHDRAWAL, "2024-06-05T08:00"))
    assert asked.frozen_since == at("2024-06-05T08:00")
    assert "khi xong sẽ tính tiếp" in asked.lines[-1]
    declined = stop(IntervalKind.WITHDRAWAL, "2024-06-05T08:00", "2024-06-06T08:00")
    assert reading(days(5), "2024-06-03T09:00", declined).due_at == at("2024-06-11T17:00")


def test_example_14_a_duty_pauses_only_where_the_procedure_says_so() -> None:
    duty = stop(PAYMENT, "2025-03-10T14:00", "2025-03-20T10:00")
    limit = TimeLimit(240, LimitUnit.WORKING_HOUR)
    paused = reading(limit, "2025-03-03T09:00", duty, payment_pauses=True)
    assert paused.due_at == at("2025-04-24T15:00")
    assert paused.lines[-2] == (
        "Chờ thực hiện nghĩa vụ tài chính từ 14:00 thứ Hai, 10/03/2025 đến 10:00 thứ Năm, 20/03/2025: "
        "61 giờ làm việc không tính, hẹn lùi đến thứ Năm, 24/04/2025, trước 15:00."
    )
    counted = reading(limit, "2025-03-03T09:00", duty)
    assert counted.due_at == at("2025-04-15T09:00")
    assert counted.lines[-2].endswith("10:00 thứ Năm, 20/03/2025: vẫn tính vào thời hạn.")


def test_an_outage_counts_until_the_rule_set_pauses_it() -> None:
    outage = stop(IntervalKind.OUTAGE, "2026-09-08T08:00", "2026-09-08T12:00")
    assert reading(days(2), "2026-09-07T09:00", outage).due_at == at("2026-09-09T17:00")
    paused = reading(days(2), "2026-09-07T09:00", outage, policy=OUTAGE_PAUSES)
    assert paused.due_at == at("2026-09-10T12:00")


def test_overlapping_stops_give_no_minute_back_twice() -> None:
    one = stop(IntervalKind.CONFIRMATION, "2024-06-04T08:00", "2024-06-04T16:00")
    other = stop(PAYMENT, "2024-06-04T10:00", "2024-06-05T08:00")
    found = reading(days(5), "2024-06-03T09:00", one, other, payment_pauses=True)
    assert found.due_at == at("2024-06-11T17:00")
    assert found.lines[-2].startswith("Chờ xác nhận VNeID và chờ thực hiện nghĩa vụ tài chính từ 08:00")


def test_a_pause_inside_a_supplement_is_swallowed_by_the_restart() -> None:
    asked = stop(SUPPLEMENT, "2024-06-05T09:00", "2024-06-11T14:00")
    inside = stop(IntervalKind.CONFIRMATION, "2024-06-06T09:00", "2024-06-07T14:00")
    assert reading(days(15), "2024-06-03T09:00", asked, inside).due_at == at("2024-07-02T17:00")


def test_a_stop_on_the_day_that_does_not_count_costs_nothing() -> None:
    stopped = stop(IntervalKind.CONFIRMATION, "2024-06-03T10:00", "2024-06-03T16:00")
    assert reading(days(3), "2024-06-03T09:00", stopped).due_at == at("2024-06-06T17:00")
    hours = TimeLimit(8, LimitUnit.WORKING_HOUR)
    assert reading(hours, "2024-06-03T09:00", stopped).due_at == at("2024-06-04T15:00")


def test_a_limit_in_calendar_days_is_moved_by_the_wall_clock() -> None:
    stopped = stop(IntervalKind.CONFIRMATION, "2024-06-07T17:00", "2024-06-09T17:00")
    found = reading(TimeLimit(20, LimitUnit.CALENDAR_DAY), "2024-06-03T09:00", stopped)
    assert found.due_at == at("2024-06-25T17:00")
    assert found.lines[-3:-1] == [
        "Chờ xác nhận VNeID từ 17:00 thứ Sáu, 07/06/2024 đến 17:00 Chủ nhật, 09/06/2024: 2 ngày không tính.",
        "Ngày cuối lùi đến thứ Ba, 25/06/2024.",
    ]


@pytest.mark.parametrize(
    ("end", "due_at"),
    [
        ("2024-10-08T16:00", "2024-10-08T17:00"),
        ("2024-10-08T17:00", "2024-10-09T17:00"),
        ("2024-10-11T18:00", "2024-10-14T17:00"),
    ],
)
def test_a_same_day_limit_ends_with_the_day_on_which_work_goes_on(end: str, due_at: str) -> None:
    stopped = stop(IntervalKind.CONFIRMATION, "2024-10-08T10:00", end)
    assert reading(TimeLimit.same_day(), "2024-10-08T09:00", stopped).due_at == at(due_at)


def test_example_7_a_re_appointment_replaces_the_date_and_pauses_move_it_further() -> None:
    again = Extension(at("2024-09-06T17:00"), at("2024-08-29T16:00"))
    found = reading(days(15), "2024-08-09T09:00", extension=again)
    assert found.due_at == at("2024-09-06T17:00")
    assert found.lines[-2:] == [
        "Đã xin lỗi và hẹn lại lúc 16:00 thứ Năm, 29/08/2024: từ thứ Sáu, 30/08/2024, trước 17:00 "
        "sang thứ Sáu, 06/09/2024, trước 17:00.",
        "Hẹn trả: thứ Sáu, 06/09/2024, trước 17:00.",
    ]
    earlier = stop(IntervalKind.CONFIRMATION, "2024-08-14T08:00", "2024-08-14T12:00")
    later = stop(IntervalKind.CONFIRMATION, "2024-09-04T08:00", "2024-09-04T12:00")
    moved = reading(days(15), "2024-08-09T09:00", earlier, later, extension=again)
    assert moved.due_at == at("2024-09-09T12:00")


def test_a_supplement_completed_after_a_re_appointment_starts_anew_as_the_law_says() -> None:
    again = Extension(at("2024-06-10T17:00"), at("2024-06-05T10:00"))
    asked = stop(SUPPLEMENT, "2024-06-06T09:00", "2024-06-11T14:00")
    found = reading(days(3), "2024-06-03T09:00", asked, extension=again)
    assert found.due_at == at("2024-06-14T17:00")
    before = Extension(at("2024-06-28T17:00"), at("2024-06-13T10:00"))
    assert reading(days(3), "2024-06-03T09:00", asked, extension=before).due_at == at("2024-06-28T17:00")


def test_a_pause_begun_after_the_due_date_neither_moves_nor_freezes_it() -> None:
    late = stop(IntervalKind.WITHDRAWAL, "2024-06-10T09:00")
    found = reading(days(3), "2024-06-03T09:00", late)
    assert (found.is_running, found.due_at) == (True, at("2024-06-06T17:00"))


def test_a_rule_set_may_subtract_supplements_instead() -> None:
    pausing = ClockPolicy.from_rule_set("RX", {"supplement_clock_policy": {"value": "pause", "legal_key": "X"}})
    asked = stop(SUPPLEMENT, "2024-06-05T08:00", "2024-06-06T08:00")
    found = reading(days(15), "2024-06-03T09:00", asked, policy=pausing)
    assert found.due_at == at("2024-06-25T17:00")
    assert found.explanation[-2].legal_key == "X"


def test_an_unknown_word_in_a_rule_set_is_refused() -> None:
    with pytest.raises(ValueError, match="sometimes"):
        ClockPolicy.from_rule_set("RX", {"supplement_clock_policy": {"value": "sometimes"}})


def test_the_linked_rule_holds_for_supplements_too() -> None:
    asked = stop(SUPPLEMENT, "2024-12-05T09:00", "2024-12-06T15:40")
    found = reading(days(3), "2024-12-04T09:00", asked, after_cutoff_counts_next_day=True)
    assert found.deemed_accepted_at == at("2024-12-09T08:00")
    assert found.due_at == at("2024-12-12T17:00")


def test_an_interval_knows_its_bounds() -> None:
    with pytest.raises(ValueError, match="ends before"):
        stop(PAYMENT, "2024-06-05T10:00", "2024-06-05T09:00")
    with pytest.raises(ValueError, match="naive"):
        Interval(PAYMENT, datetime(2024, 6, 5))  # noqa: DTZ001 - the refusal of a naive moment is what is tested


def test_warnings_reach_as_far_as_the_moved_date() -> None:
    stopped = stop(IntervalKind.CONFIRMATION, "2027-12-20T08:00", "2028-01-05T08:00")
    told = reading(days(10), "2027-12-14T09:00", stopped).lines
    assert "Lịch năm 2028 chưa được công bố, tạm tính theo thứ trong tuần." in told
    assert len(told) == len(set(told))
