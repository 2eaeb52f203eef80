"""The invented citizens fit together, and the plan of visits is the same each time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.identifiers.personal_id import check_personal_id
from haddong_portal.common.identifiers.phones import is_mobile, normalise_phone
from haddong_portal.common.worktime.loading import shipped_calendar
from haddong_portal.home.demo.people import invent_citizen
from haddong_portal.home.demo.plan import Desk, Pace, plan_visits, working_days_back

HORIZON = datetime(2024, 6, 14, 10, 30, tzinfo=VIETNAM)
DESKS = [Desk(number, f"Phường {number}", ((7, (70, 71), 1), (8, (80,), 3))) for number in range(1, 19)]
DAYS = working_days_back(shipped_calendar(), HORIZON.date(), 30)


def test_numbers_agree_with_sex_and_birth_year_and_phones_are_mobile() -> None:
    dice = Random(1)
    for _ in range(500):
        citizen = invent_citizen(dice, "phường Quang Trung")
        read = check_personal_id(citizen.personal_id, sex=citizen.sex, birth_year=citizen.birth_date.year)
        assert read.warnings == (), citizen
        assert is_mobile(normalise_phone(citizen.phone)), citizen.phone


def test_the_plan_is_the_same_each_time_and_does_not_depend_on_how_many_come() -> None:
    all_visits = plan_visits(DESKS, DAYS, 300, HORIZON)
    assert all_visits == plan_visits(DESKS, DAYS, 300, HORIZON)
    few = {visit.number: visit for visit in plan_visits(DESKS, DAYS, 40, HORIZON)}
    assert all(visit == few[visit.number] for visit in all_visits if visit.number in few)


def test_people_come_in_office_hours_on_working_days_never_after_the_horizon() -> None:
    calendar = shipped_calendar()
    for visit in plan_visits(DESKS, DAYS, 600, HORIZON):
        assert calendar.is_working_moment(visit.at), visit.at
        assert visit.at <= HORIZON


def test_every_desk_every_pace_and_every_way_of_collecting_occurs() -> None:
    visits = plan_visits(DESKS, DAYS, 300, HORIZON)
    assert {visit.desk.unit_id for visit in visits} == {desk.unit_id for desk in DESKS}
    assert {visit.pace for visit in visits} == set(Pace)
    assert {visit.by_post for visit in visits} == {visit.collects for visit in visits} == {True, False}
    assert any(visit.representative for visit in visits)
    assert [visit.at for visit in visits] == sorted(visit.at for visit in visits)


def test_days_are_counted_back_over_holidays() -> None:
    days = working_days_back(shipped_calendar(), date(2024, 5, 6), 4)
    assert days[0] == date(2024, 5, 6)
    assert date(2024, 5, 1) not in days
    assert all(later - earlier >= timedelta(days=1) for later, earlier in zip(days, days[1:], strict=False))
