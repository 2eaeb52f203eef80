"""Worked examples 8 and 9 of domain.md §4.3, and the clocks around them."""

from __future__ import annotations

from datetime import datetime

from dossiers.rules.clock_policy import ClockPolicy
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.worktime import shipped_calendar
from interlink.rules.clocks import Clockwork, deemed_at, group_due, promised, reckon
from interlink.rules.template import Limit
from tests.interlink.rules.shipped import shipped

CALENDAR, POLICY = shipped_calendar(), ClockPolicy()
WORK = Clockwork(CALENDAR, POLICY)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def test_example_8_a_birth_declared_after_15_00() -> None:
    template, declared = shipped("birth"), at("2024-12-05T15:40")
    assert deemed_at(declared, WORK)[0] == at("2024-12-06T08:00")
    dates = {key: found.due_at for key, found in promised(template, {}, declared, WORK).items()}
    assert dates["civil_status"] == at("2024-12-06T17:00")
    assert dates["permanent_residence"] == dates["health_insurance"] == at("2024-12-10T17:00")
    group = group_due(template, {}, declared, WORK)
    assert group.due_at == at("2024-12-11T17:00")
    assert any("15:00" in line for line in group.lines)


def test_example_9_a_death_paid_by_social_insurance() -> None:
    template, declared = shipped("death"), at("2025-01-20T09:00")
    facts = {"allowance.kind": "social_insurance"}
    dates = {key: found.due_at for key, found in promised(template, facts, declared, WORK).items()}
    assert dates["civil_status"] == dates["residence_removal"] == at("2025-01-20T17:00")
    assert dates["social_insurance"] == at("2025-02-06T17:00")
    assert "merit" not in dates
    assert group_due(template, facts, declared, WORK).due_at == at("2025-02-07T17:00")


def test_who_pays_decides_the_groups_limit() -> None:
    template, declared = shipped("death"), at("2025-02-10T09:00")
    protection = {"allowance.kind": "social_protection"}
    for facts, due in (
        ({"allowance.kind": "merit"}, "2025-03-06T17:00"),
        (protection, "2025-02-18T17:00"),
        ({**protection, "allowance.over_80_survivor": "yes"}, "2025-02-25T17:00"),
    ):
        assert group_due(template, facts, declared, WORK).due_at == at(due)


def test_a_matter_to_be_verified_takes_longer() -> None:
    limit = Limit(2, "working_days", if_verified=5)
    start = at("2024-12-06T09:00")
    assert reckon(limit, start, WORK).due_at == at("2024-12-10T17:00")
    assert reckon(limit, start, Clockwork(CALENDAR, POLICY, verified=True)).due_at == at("2024-12-13T17:00")


def test_hours_by_the_wall_clock_leave_days_off_out() -> None:
    assert reckon(Limit(24, "hours"), at("2024-12-06T10:30"), WORK).due_at == at("2024-12-09T10:30")
    assert reckon(Limit(10, "minutes"), at("2024-12-06T16:55"), WORK).due_at == at("2024-12-06T17:05")
    assert reckon(Limit(2, "working_hours"), at("2024-12-06T16:30"), WORK).due_at == at("2024-12-09T09:30")
    assert reckon(Limit(None, "working_days"), at("2024-12-06T16:30"), WORK).due_at is None
