"""The stored calendar: what it builds, when it notices a change, and the act that changes a day."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haddong_portal.accounts.models import CalendarDay, CalendarVersion, OfficeHours, Unit
from haddong_portal.accounts.selectors import calendar as selector
from haddong_portal.accounts.selectors.calendar import (
    current_calendar_version,
    forget_calendar,
    opening_text,
    work_calendar_for,
)
from haddong_portal.accounts.selectors.year import calendar_year, day_history
from haddong_portal.accounts.services.change_calendar_day import change_calendar_day
from haddong_portal.accounts.services.load_calendar import load_calendar
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import Actor, system_actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.errors import DomainError, NotAllowed
from haddong_portal.common.worktime import shipped_calendar

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 2, 1, 9, 0, tzinfo=VIETNAM)
ADMIN = Actor(name="Quản trị", user_id=1, rights=frozenset({"calendar.change"}))
MONDAY = date(2024, 3, 4)


def change(on: date = MONDAY, **values: str):
    facts = {"kind": "HOLIDAY", "name": "Nghỉ thử", "legal_source": "Quyết định 1", "reason": "Theo thông báo mới"}
    return change_calendar_day(actor=ADMIN, on=on, now=NOW, **{**facts, **values})


@pytest.fixture
def loaded() -> None:
    load_calendar(now=NOW)


def test_before_loading_the_shipped_days_answer_under_version_nought() -> None:
    assert (current_calendar_version(), work_calendar_for().version) == (0, "0")
    assert not work_calendar_for().is_working_day(date(2024, 2, 8))


def test_the_stored_calendar_equals_the_shipped_one(loaded: None) -> None:
    stored, shipped = work_calendar_for(), shipped_calendar()
    assert (stored.version, current_calendar_version()) == ("1", 1)
    assert dict(stored.days) == dict(shipped.days)
    assert stored.sessions(MONDAY) == shipped.sessions(MONDAY)


@pytest.mark.parametrize("year,days", [(2023, 249), (2024, 251), (2025, 250), (2026, 249)])
def test_working_days_of_a_year(loaded: None, year: int, days: int) -> None:
    shown = calendar_year(year)
    assert shown.working_days == days
    assert sum(month.working_days for month in shown.months) == days


def test_a_units_own_hours_win_kind_by_kind_and_only_in_their_time(loaded: None, ward: Unit) -> None:
    OfficeHours.objects.create(
        unit=ward, weekday=6, starts=time(8), ends=time(11, 30), kind="reception", valid_from=date(2024, 3, 1)
    )
    for weekday in range(1, 6):
        OfficeHours.objects.create(
            unit=ward,
            weekday=weekday,
            starts=time(7, 30),
            ends=time(16),
            valid_from=date(2024, 5, 1),
            valid_to=date(2024, 9, 1),
        )
    forget_calendar()
    common, own = work_calendar_for(), work_calendar_for(ward.pk)
    saturday = date(2024, 3, 2)
    assert common.reception_sessions(saturday) == ()
    assert [(session.start, session.end) for session in own.reception_sessions(saturday)] == [(time(8), time(11, 30))]
    assert own.sessions(MONDAY) == common.sessions(MONDAY)
    summer = date(2024, 6, 3)
    assert [(session.start, session.end) for session in own.sessions(summer)] == [(time(7, 30), time(16))]
    assert own.sessions(date(2024, 9, 4)) == common.sessions(date(2024, 9, 4))
    assert opening_text(saturday, ward.pk) == "08:00–11:30"
    assert opening_text(date(2024, 2, 8), ward.pk) == "Không làm việc: nghỉ Tết Nguyên đán"


def test_the_calendar_is_asked_for_once_while_it_is_fresh(loaded: None, settings) -> None:
    settings.PORTAL_MODE = "demo"
    forget_calendar()
    work_calendar_for()
    with CaptureQueriesContext(connection) as none:
        work_calendar_for()
        current_calendar_version()
    assert len(none) == 0
    selector._memory.checked_at = float("-inf")
    with CaptureQueriesContext(connection) as one:
        work_calendar_for()
    assert len(one) == 1


def test_a_changed_day_makes_a_version_a_history_and_an_audit_row(loaded: None) -> None:
    assert work_calendar_for().is_working_day(MONDAY)
    version = change()
    assert (version.number, version.note) == (2, "04/03/2024: Theo thông báo mới")
    assert not work_calendar_for().is_working_day(MONDAY)
    assert work_calendar_for().version == "2"
    assert day_history(MONDAY)[0].history_change_reason == "Theo thông báo mới"
    row = AuditEntry.objects.get()
    assert (row.action, row.object_id) == ("calendar.day_changed", "2024-03-04")
    assert row.data == {"before": "WORK", "after": "HOLIDAY", "version": 2}


def test_an_ordinary_day_again_takes_the_row_away_and_keeps_the_history(loaded: None) -> None:
    change()
    change(kind="WORK", name="", legal_source="", reason="Thông báo đã bị thu hồi")
    assert not CalendarDay.objects.filter(on=MONDAY).exists()
    assert work_calendar_for().is_working_day(MONDAY)
    assert [row.history_type for row in day_history(MONDAY)] == ["-", "+"]


SATURDAY = date(2024, 3, 9)


@pytest.mark.parametrize(
    "on,values,code",
    [
        (MONDAY, {"reason": "ngắn"}, "calendar.reason"),
        (MONDAY, {"kind": "KHAC"}, "calendar.kind"),
        (MONDAY, {"kind": "WEEKEND"}, "calendar.kind"),
        (MONDAY, {"kind": "SWAP_WORK"}, "calendar.kind"),
        (SATURDAY, {"kind": "WORK"}, "calendar.kind"),
        (SATURDAY, {"kind": "SWAP_OFF"}, "calendar.kind"),
        (MONDAY, {"name": " "}, "calendar.name"),
        (MONDAY, {"legal_source": ""}, "calendar.source"),
        (MONDAY, {"kind": "WORK"}, "calendar.unchanged"),
    ],
)
def test_refusals_change_nothing(loaded: None, on: date, values: dict[str, str], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        change(on, **values)
    assert refused.value.code == code
    assert CalendarVersion.objects.count() == 1
    assert not AuditEntry.objects.exists()


def test_the_same_facts_twice_are_refused(loaded: None) -> None:
    change(SATURDAY, kind="SWAP_WORK")
    with pytest.raises(DomainError) as refused:
        change(SATURDAY, kind="SWAP_WORK")
    assert refused.value.code == "calendar.unchanged"


def test_a_calendar_that_was_never_loaded_cannot_be_changed() -> None:
    with pytest.raises(DomainError) as refused:
        change()
    assert refused.value.code == "calendar.not_loaded"


def test_only_those_with_the_right_change_a_day(loaded: None) -> None:
    with pytest.raises(NotAllowed):
        change_calendar_day(
            actor=Actor(name="Cán bộ", user_id=2, rights=frozenset({"calendar.read"})),
            on=MONDAY,
            kind="HOLIDAY",
            name="x",
            legal_source="y",
            reason="Theo thông báo mới",
        )


def test_the_system_has_every_right(loaded: None) -> None:
    assert system_actor().has_right("calendar.change")
