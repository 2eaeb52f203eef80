"""When each reminder speaks: before the due date, the gate, the day, every late day, uncollected, waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.constants import Status
from dossiers.rules.clock_policy import ClockPolicy
from dossiers.rules.reminders import ReminderFacts, ReminderRule, due_reminders, next_reminder
from dossiers.rules.waits import gate_opens_at, latest_extension_at, submission_check_due_at, supplement_until
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.worktime import shipped_calendar

CALENDAR = shipped_calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


WORKING = ReminderFacts(status=Status.PROCESSING, accepted_at=at("2024-08-09T09:00"), due_at=at("2024-08-30T17:00"))


def told(facts: ReminderFacts, after: str, count: int, policy: ClockPolicy | None = None) -> list[tuple[str, str]]:
    """The next reminders one after the other."""
    moment, found = at(after), []
    for _ in range(count):
        coming = next_reminder(facts=facts, after=moment, calendar=CALENDAR, policy=policy or ClockPolicy())
        if coming is None:
            break
        moment, rule = coming
        found.append((f"{moment:%Y-%m-%dT%H:%M}", rule.value))
    return found


def test_a_dossier_in_work_is_reminded_of_until_it_is_late_and_then_daily() -> None:
    assert told(WORKING, "2024-08-09T09:00", 6) == [
        ("2024-08-27T08:00", "before_3_days"),
        ("2024-08-29T08:00", "gate"),
        ("2024-08-30T09:00", "due_today"),
        ("2024-09-04T09:00", "overdue"),  # 31/08 to 03/09 are off
        ("2024-09-05T09:00", "overdue"),
        ("2024-09-06T09:00", "overdue"),
    ]


def test_an_answered_gate_is_silent() -> None:
    rules = [rule for _, rule in told(replace(WORKING, gate_answered=True), "2024-08-09T09:00", 3)]
    assert rules == ["before_3_days", "due_today", "overdue"]


def test_a_standing_clock_reminds_of_no_date() -> None:
    assert told(replace(WORKING, is_running=False), "2024-08-09T09:00", 1) == []


def test_same_day_dossiers_have_neither_gate_nor_early_reminder() -> None:
    facts = replace(WORKING, accepted_at=at("2024-10-08T08:30"), due_at=at("2024-10-08T17:00"))
    assert told(facts, "2024-10-08T08:30", 3) == [
        ("2024-10-08T09:00", "due_today"),
        ("2024-10-09T09:00", "overdue"),
        ("2024-10-10T09:00", "overdue"),
    ]
    late_in_the_day = replace(facts, accepted_at=at("2024-10-08T10:30"))
    assert told(late_in_the_day, "2024-10-08T10:30", 1) == [("2024-10-09T09:00", "overdue")]


def test_a_dossier_due_by_nine_is_told_at_opening_and_late_the_same_morning() -> None:
    facts = replace(WORKING, due_at=at("2024-08-30T09:00"), gate_answered=True)
    assert told(facts, "2024-08-29T09:00", 2) == [("2024-08-30T08:00", "due_today"), ("2024-09-04T09:00", "overdue")]
    earlier = replace(facts, due_at=at("2024-08-30T08:30"))
    assert told(earlier, "2024-08-29T09:00", 2) == [("2024-08-30T08:00", "due_today"), ("2024-08-30T09:00", "overdue")]


def test_uncollected_results_after_three_and_ten_working_days() -> None:
    facts = ReminderFacts(status=Status.DONE, ready_at=at("2024-08-28T14:00"))
    assert told(facts, "2024-08-28T14:00", 3) == [
        ("2024-09-04T09:00", "uncollected_3"),
        ("2024-09-13T09:00", "uncollected_10"),
    ]


def test_an_online_submission_is_told_before_its_eight_working_hours_are_up() -> None:
    check_due_at = submission_check_due_at(at("2024-10-08T20:00"), CALENDAR)
    assert check_due_at == at("2024-10-09T17:00")
    facts = ReminderFacts(status=Status.SUBMITTED, check_due_at=check_due_at)
    assert told(facts, "2024-10-08T20:00", 2) == [("2024-10-09T15:00", "submission_check")]


def test_a_wait_that_lapsed_and_an_opinion_that_is_late() -> None:
    until = supplement_until(at("2024-06-05T09:00"), CALENDAR)
    assert until == at("2024-07-05T17:00")
    waiting = ReminderFacts(status=Status.WAIT_SUPPLEMENT, is_running=False, supplement_until=until)
    assert told(waiting, "2024-06-05T09:00", 2) == [("2024-07-08T09:00", "supplement_lapses")]
    asking = ReminderFacts(status=Status.CONSULTING, opinion_due_at=at("2024-06-06T17:00"))
    assert told(asking, "2024-06-05T09:00", 2) == [("2024-06-07T09:00", "opinion_late")]


@pytest.mark.parametrize("status", [Status.REFUSED_INTAKE, Status.STOPPED, Status.RETURNED])
def test_an_ended_dossier_is_silent(status: Status) -> None:
    ended = replace(WORKING, status=status, ready_at=at("2024-08-28T14:00"), supplement_until=at("2024-08-28T14:00"))
    assert told(ended, "2024-08-09T09:00", 1) == []


def test_hours_and_offsets_come_from_the_rule_set() -> None:
    policy = ClockPolicy.from_rule_set(
        "RX",
        {
            "reminder_hour": {"value": "08:30"},
            "reminder_before_due": {"value": 5},
            "gate_before_due": {"value": 2},
            "online_check_within": {"value": 4},
            "supplement_wait": {"value": 7, "unit": "working_days"},
        },
    )
    assert told(WORKING, "2024-08-09T09:00", 3, policy) == [
        ("2024-08-23T08:00", "before_3_days"),
        ("2024-08-28T08:00", "gate"),
        ("2024-08-30T08:30", "due_today"),
    ]
    assert submission_check_due_at(at("2024-10-08T08:00"), CALENDAR, policy) == at("2024-10-08T12:00")
    assert supplement_until(at("2024-06-05T09:00"), CALENDAR, policy) == at("2024-06-14T17:00")


def test_example_7_gate_and_last_moment_of_the_apology() -> None:
    due_at, accepted_at = at("2024-08-30T17:00"), at("2024-08-09T09:00")
    assert gate_opens_at(due_at, accepted_at, CALENDAR) == at("2024-08-29T08:00")
    assert latest_extension_at(due_at, CALENDAR) == at("2024-08-29T17:00")


@pytest.mark.parametrize(
    ("accepted", "due", "opens"),
    [
        ("2024-10-08T09:00", "2024-10-08T17:00", None),
        ("2024-10-08T09:00", "2024-10-09T17:00", None),
        ("2024-10-07T18:00", "2024-10-09T17:00", None),  # received after hours: that opening is its acceptance
        ("2024-10-08T09:00", "2024-10-10T17:00", "2024-10-09T08:00"),
        ("2024-10-08T09:00", "2024-10-14T10:00", "2024-10-11T08:00"),
    ],
)
def test_there_is_no_gate_where_it_would_lie_before_acceptance(accepted: str, due: str, opens: str | None) -> None:
    assert gate_opens_at(at(due), at(accepted), CALENDAR) == (at(opens) if opens else None)


def test_what_an_idle_sweep_missed_is_told_once_each() -> None:
    found = due_reminders(facts=WORKING, after=at("2024-08-28T09:00"), until=at("2024-09-06T10:00"), calendar=CALENDAR)
    assert [(f"{moment:%d/%m %H:%M}", rule) for moment, rule in found] == [
        ("29/08 08:00", ReminderRule.GATE),
        ("30/08 09:00", ReminderRule.DUE_TODAY),
        ("06/09 09:00", ReminderRule.OVERDUE),
    ]
    again = due_reminders(facts=WORKING, after=at("2024-09-06T10:00"), until=at("2024-09-07T12:00"), calendar=CALENDAR)
    assert again == []


FIRST = datetime(2024, 7, 1, tzinfo=VIETNAM)
MOMENTS = st.integers(0, 60 * 24 * 120).map(lambda minutes: FIRST + timedelta(minutes=minutes))
MAYBE = st.one_of(st.none(), MOMENTS)


@st.composite
def facts(draw: st.DrawFn) -> ReminderFacts:
    due_on = CALENDAR.next_working_day(draw(MOMENTS).date())
    return ReminderFacts(
        status=draw(st.sampled_from(list(Status))),
        accepted_at=draw(MAYBE),
        due_at=CALENDAR.end_of_day(due_on),
        is_running=draw(st.booleans()),
        gate_answered=draw(st.booleans()),
        ready_at=draw(MAYBE),
        check_due_at=draw(MAYBE),
        supplement_until=draw(MAYBE),
        opinion_due_at=draw(MAYBE),
    )


@given(facts(), MOMENTS)
def test_the_next_reminder_lies_ahead_in_office_hours(found: ReminderFacts, after: datetime) -> None:
    coming = next_reminder(facts=found, after=after, calendar=CALENDAR)
    if coming:
        assert coming[0] > after
        assert CALENDAR.is_working_moment(coming[0])


@given(facts(), MOMENTS, MOMENTS)
def test_next_and_due_tell_the_same_story(found: ReminderFacts, a: datetime, b: datetime) -> None:
    after, until = sorted((a, b))
    spoken = due_reminders(facts=found, after=after, until=until, calendar=CALENDAR)
    coming = next_reminder(facts=found, after=after, calendar=CALENDAR)
    assert bool(spoken) == (coming is not None and coming[0] <= until)
    assert len({rule for _, rule in spoken}) == len(spoken)
    assert all(after < moment <= until for moment, _ in spoken)
