"""The worked examples of the domain rules, one by one, and the ties between them."""

from __future__ import annotations

from datetime import date, datetime, time
from types import MappingProxyType

import pytest

from dossiers.rules.acceptance import deem_accepted, step_start
from dossiers.rules.clock_policy import ClockPolicy
from dossiers.rules.due_changes import (
    PauseInterval,
    elapsed_working_minutes,
    extended_due,
    latest_extension_on,
    latest_supplement_request_on,
    shift_due_by_pauses,
)
from dossiers.rules.due_date import DueDate, compute_due
from dossiers.rules.due_lines import LineCode
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.limits import LimitUnit, TimeLimit, parse_limit_text
from haddong_portal.common.worktime import OfficeHours, Session, WeekHours, build_calendar, shipped_calendar

CALENDAR = shipped_calendar()
POLICY = ClockPolicy()
SAME_DAY = TimeLimit.same_day()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def days(amount: int) -> TimeLimit:
    return TimeLimit(amount, LimitUnit.WORKING_DAY)


def due(limit: TimeLimit, accepted: str, **options: object) -> DueDate:
    return compute_due(limit=limit, accepted_at=at(accepted), calendar=CALENDAR, **options)


@pytest.mark.parametrize(
    ("limit", "accepted", "due_at"),
    [
        (SAME_DAY, "2023-04-28T10:15", "2023-04-28T17:00"),  # 1: birth registration, same day
        (SAME_DAY, "2023-04-28T15:20", "2023-05-04T17:00"),  # 2: after 15:00, over a long holiday
        (days(3), "2024-02-07T09:00", "2024-02-19T17:00"),  # 3: over Tết
        (days(3), "2024-04-26T09:00", "2024-05-04T17:00"),  # 4: a make-up Saturday counts
        (days(15), "2024-06-03T09:00", "2024-06-24T17:00"),  # 5: the original promise
        (days(15), "2024-06-11T14:00", "2024-07-02T17:00"),  # 5: restarted by the supplement
        (SAME_DAY, "2025-01-20T09:00", "2025-01-20T17:00"),  # 9: death registration
        (days(8), "2025-01-20T09:00", "2025-02-06T17:00"),  # 9: social insurance, over Tết
        (days(9), "2025-01-20T09:00", "2025-02-07T17:00"),  # 9: the whole group
        (SAME_DAY, "2025-12-31T16:10", "2026-01-05T17:00"),  # 11: certification on New Year's Eve
        (days(5), "2026-01-05T09:00", "2026-01-10T17:00"),  # 12: due on a make-up Saturday
        (days(2), "2026-08-28T09:00", "2026-09-04T17:00"),  # 13: over a swapped National Day
    ],
)
def test_worked_examples(limit: TimeLimit, accepted: str, due_at: str) -> None:
    assert due(limit, accepted).due_at == at(due_at)


def test_example_5_supplement_must_be_asked_within_three_working_days() -> None:
    assert latest_supplement_request_on(at("2024-06-03T09:00"), CALENDAR) == date(2024, 6, 6)


def test_example_6_statistics_subtract_the_supplement() -> None:
    pause = PauseInterval(at("2024-06-05T09:00"), at("2024-06-11T14:00"))
    elapsed = elapsed_working_minutes(at("2024-06-03T09:00"), at("2024-06-28T17:00"), [pause], CALENDAR)
    whole = CALENDAR.working_minutes_between(at("2024-06-03T09:00"), at("2024-06-28T17:00"))
    assert whole == (7 + 19 * 8) * 60
    assert elapsed == whole - (4 * 8 + 4) * 60


def test_example_7_extension_is_issued_the_working_day_before() -> None:
    promised = at("2024-08-30T17:00")
    assert latest_extension_on(promised, CALENDAR) == date(2024, 8, 29)
    assert extended_due(promised, 3, CALENDAR) == at("2024-09-06T17:00")


def test_example_8_linked_group_after_15_00_starts_on_the_next_working_day() -> None:
    def linked(limit: TimeLimit) -> DueDate:
        return due(limit, "2024-12-05T15:40", after_cutoff_counts_next_day=True)

    assert linked(SAME_DAY).deemed_accepted_at == at("2024-12-06T08:00")
    assert linked(SAME_DAY).due_at == at("2024-12-06T17:00")
    assert linked(days(2)).due_at == at("2024-12-10T17:00")
    assert linked(days(3)).due_at == at("2024-12-11T17:00")
    assert [line.legal_key for line in linked(days(3)).explanation if line.code == LineCode.CUTOFF] == ["ND63-2024-D7"]


def test_example_10_hour_steps_follow_each_other_in_office_hours() -> None:
    moment, reached = at("2024-10-08T10:30"), []
    for hours in (2, 3, 2, 1):
        limit = TimeLimit(hours, LimitUnit.WORKING_HOUR)
        moment = compute_due(limit=limit, accepted_at=moment, calendar=CALENDAR).due_at
        reached.append(moment)
    assert reached == [
        at("2024-10-08T13:30"),
        at("2024-10-08T16:30"),
        at("2024-10-09T09:30"),
        at("2024-10-09T10:30"),
    ]


def test_example_14_a_true_pause_moves_the_due_moment_by_its_office_hours() -> None:
    promised = due(TimeLimit(240, LimitUnit.WORKING_HOUR), "2025-03-03T09:00").due_at
    assert promised == at("2025-04-15T09:00")
    pause = PauseInterval(at("2025-03-10T14:00"), at("2025-03-20T10:00"))
    assert CALENDAR.working_minutes_between(at("2025-03-03T09:00"), pause.started_at) == 44 * 60
    assert shift_due_by_pauses(promised, [pause], CALENDAR) == at("2025-04-24T15:00")


@pytest.mark.parametrize(
    ("accepted", "due_at"),
    [
        ("2024-10-08T15:00", "2024-10-08T17:00"),
        ("2024-10-08T15:00:01", "2024-10-09T17:00"),
        ("2024-10-08T07:10", "2024-10-08T17:00"),
        # Received after hours it belongs to the next day, and is not moved twice.
        ("2024-10-08T17:01", "2024-10-09T17:00"),
        ("2024-10-12T16:00", "2024-10-14T17:00"),
    ],
)
def test_ties_of_the_same_day_rule(accepted: str, due_at: str) -> None:
    assert due(SAME_DAY, accepted).due_at == at(due_at)


def test_a_same_day_limit_without_the_cutoff_stays_on_its_day() -> None:
    assert due(TimeLimit.same_day(rolls_after_15=False), "2024-10-08T16:50").due_at == at("2024-10-08T17:00")
    no_rule = ClockPolicy(same_day_cutoff=None)
    assert due(SAME_DAY, "2024-10-08T16:50", policy=no_rule).due_at == at("2024-10-08T17:00")


@pytest.mark.parametrize(
    ("accepted", "deemed", "due_at"),
    [
        ("2024-10-08T06:00", "2024-10-08T08:00", "2024-10-09T17:00"),
        ("2024-10-08T12:20", "2024-10-08T13:00", "2024-10-09T17:00"),
        ("2024-10-08T17:00", "2024-10-08T17:00", "2024-10-09T17:00"),
        ("2024-10-08T18:00", "2024-10-09T08:00", "2024-10-10T17:00"),
        ("2024-10-12T09:00", "2024-10-14T08:00", "2024-10-15T17:00"),
        ("2024-02-10T09:00", "2024-02-15T08:00", "2024-02-16T17:00"),
    ],
)
def test_received_outside_office_hours(accepted: str, deemed: str, due_at: str) -> None:
    found = due(days(1), accepted)
    assert found.deemed_accepted_at == at(deemed)
    assert found.due_at == at(due_at)
    told = [line for line in found.explanation if line.code == LineCode.DEEMED]
    assert len(told) == (accepted != deemed[:16])


def test_a_saturday_reception_counts_from_monday_and_says_why() -> None:
    hours = OfficeHours(WeekHours(reception=MappingProxyType({6: (Session(time(8), time(11, 30)),)})))
    acceptance = deem_accepted(at("2024-10-12T09:00"), CALENDAR.with_hours(hours))
    assert acceptance.deemed_at == at("2024-10-14T08:00")
    assert acceptance.lines[1].text == (
        "Buổi tiếp nhận cuối tuần không phải giờ làm việc nên tính là tiếp nhận lúc 08:00 thứ Hai, 14/10/2024."
    )


@pytest.mark.parametrize(
    ("limit", "accepted", "due_at"),
    [
        ("20 ngày", "2024-01-19T10:00", "2024-02-15T17:00"),  # day 20 is in Tết
        ("5 ngày", "2024-10-07T10:00", "2024-10-14T17:00"),  # day 5 is a Saturday
        ("5 ngày", "2024-04-29T10:00", "2024-05-07T17:00"),  # received on a day off: counts from Thursday
        ("2 ngày", "2024-05-02T10:00", "2024-05-04T17:00"),  # a make-up Saturday is no day off
        ("1 ngày", "2024-10-07T16:59", "2024-10-08T17:00"),
        ("1 tháng", "2024-01-31T10:00", "2024-02-29T17:00"),  # no 31 February
        ("3 tháng", "2024-11-18T10:00", "2025-02-18T17:00"),
        ("1 năm", "2024-02-29T10:00", "2025-02-28T17:00"),
        ("½ ngày", "2024-10-08T10:30", "2024-10-08T15:30"),
        ("½ ngày", "2024-10-08T08:00", "2024-10-08T12:00"),
        ("1,5 ngày làm việc", "2024-03-08T10:00", "2024-03-12T12:00"),
        ("8 giờ làm việc", "2024-10-08T08:00", "2024-10-08T17:00"),
        ("8 giờ làm việc", "2024-10-08T17:00", "2024-10-09T17:00"),
        ("4 giờ", "2024-10-12T09:00", "2024-10-14T12:00"),
    ],
)
def test_other_units(limit: str, accepted: str, due_at: str) -> None:
    read = parse_limit_text(limit).limit
    assert read is not None
    assert due(read, accepted).due_at == at(due_at)


@pytest.mark.parametrize(
    ("handed_over", "starts"),
    [
        ("2024-10-08T14:59", "2024-10-08T14:59"),
        ("2024-10-08T15:00", "2024-10-08T15:00"),
        ("2024-10-08T15:01", "2024-10-09T08:00"),
        ("2024-10-11T16:00", "2024-10-14T08:00"),
        ("2024-10-11T18:00", "2024-10-14T08:00"),
        ("2024-10-12T16:00", "2024-10-14T08:00"),
        ("2024-10-08T07:00", "2024-10-08T08:00"),
    ],
)
def test_a_step_starts_at_hand_over_or_after_the_cutoff_next_morning(handed_over: str, starts: str) -> None:
    assert step_start(at(handed_over), CALENDAR, POLICY) == at(starts)


def test_the_story_of_example_3_adds_up() -> None:
    assert due(days(3), "2024-02-07T09:00").lines == [
        "Tiếp nhận lúc 09:00 thứ Tư, 07/02/2024.",
        "Thời hạn giải quyết: 03 ngày làm việc, không tính ngày tiếp nhận.",
        "Ngày 1: thứ Năm, 15/02/2024 (nghỉ Tết Nguyên đán từ 08/02 đến 14/02 không tính).",
        "Ngày 2: thứ Sáu, 16/02/2024.",
        "Ngày 3: thứ Hai, 19/02/2024 (nghỉ cuối tuần 17/02 và 18/02 không tính).",
        "Hẹn trả: thứ Hai, 19/02/2024, trước 17:00.",
    ]


def test_the_story_names_make_up_days_and_several_holidays() -> None:
    told = due(days(3), "2024-04-26T09:00").lines
    assert told[2] == (
        "Ngày 1: thứ Năm, 02/05/2024 (nghỉ Ngày Chiến thắng 30/4, Quốc tế Lao động 01/5, "
        "hoán đổi với thứ Bảy 04/05/2024 từ 27/04 đến 01/05 không tính)."
    )
    assert told[4] == "Ngày 3: thứ Bảy, 04/05/2024 (làm bù cho thứ Hai 29/04/2024)."


def test_years_not_announced_are_told() -> None:
    told = due(days(3), "2027-12-30T09:00").lines
    assert "Lịch năm 2027 là dự kiến, chờ thông báo chính thức." in told
    assert "Lịch năm 2028 chưa được công bố, tạm tính theo thứ trong tuần." in told
    assert not [line for line in due(days(3), "2026-05-05T09:00").explanation if line.code == LineCode.CALENDAR]


def test_a_policy_comes_from_the_values_of_a_rule_set() -> None:
    values = {
        "same_day_cutoff": {"value": "14:30", "legal_key": "X-1"},
        "handover_cutoff": {"value": None, "legal_key": "X-2"},
        "supplement_notice_within": {"value": 2, "legal_key": "X-3"},
    }
    policy = ClockPolicy.from_rule_set("R9", values)
    assert (policy.rule_set, policy.same_day_cutoff, policy.same_day_legal_key) == ("R9", time(14, 30), "X-1")
    assert policy.transfer_cutoff is None
    assert policy.supplement_notice_working_days == 2
    assert policy.linked_group_cutoff == time(15)
    found = due(SAME_DAY, "2024-10-08T14:45", policy=policy)
    assert found.due_at == at("2024-10-09T17:00")
    assert found.lines[2].startswith("Tiếp nhận sau 14:30")
    assert step_start(at("2024-10-08T16:00"), CALENDAR, policy) == at("2024-10-08T16:00")


def test_an_unknown_calendar_still_answers() -> None:
    empty = build_calendar([], version="empty")
    found = compute_due(limit=days(1), accepted_at=at("2024-02-08T09:00"), calendar=empty)
    assert found.due_at == at("2024-02-09T17:00")
    assert any(line.code == LineCode.CALENDAR for line in found.explanation)


def test_naive_acceptance_is_refused() -> None:
    naive = datetime(2024, 10, 8, 9)  # noqa: DTZ001 - the refusal of a naive moment is what is tested
    with pytest.raises(ValueError, match="naive"):
        compute_due(limit=days(1), accepted_at=naive, calendar=CALENDAR)
