"""The death group: who pays decides which legs there are (domain.md §9.4)."""

from __future__ import annotations

from datetime import datetime

import pytest

from haddong_portal.common.clock import VIETNAM
from interlink.models import Leg
from tests.interlink.scene import Scene


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def test_example_9_of_the_domain(scene: Scene) -> None:
    case = scene.death(now=at("2025-01-20T09:00"))
    dates = dict(Leg.objects.filter(case=case).values_list("key", "promised_at"))
    assert dates["civil_status"] == dates["residence_removal"] == at("2025-01-20T17:00")
    assert dates["social_insurance"] == at("2025-02-06T17:00")
    assert case.group_due_at == at("2025-02-07T17:00")


@pytest.mark.parametrize(
    ("declared", "legs"),
    [
        ({"allowance__kind": "none"}, {"residence_removal"}),
        ({}, {"residence_removal", "social_insurance"}),
        ({"allowance__kind": "merit", "merit__decision": "12/QĐ"}, {"residence_removal", "merit"}),
        (
            {
                "allowance__kind": "social_protection",
                "allowance__protection_case": "monthly",
                "allowance__over_80_survivor": "no",
            },
            {"residence_removal", "social_protection"},
        ),
    ],
)
def test_who_pays_decides_the_legs(scene: Scene, declared: dict[str, str], legs: set[str]) -> None:
    case = scene.death(now=at("2025-01-20T09:00"), **declared)
    scene.register(case, now=at("2025-01-20T10:00"), name="Trích lục khai tử")
    ready = {key for key, state in scene.states(case).items() if state == "ready"}
    skipped = {key for key, state in scene.states(case).items() if state == "skipped"}
    assert ready == legs
    assert ready | skipped | {"civil_status"} == set(scene.states(case))
    for key in ready:
        scene.answer(case, key, "done", outcome={"number": "1"}, now=at("2025-01-20T11:00"))
    assert scene.state(case) == "ended"


def test_a_survivor_benefit_over_80_stops_before_welfare_pays(scene: Scene) -> None:
    told = {
        "allowance__kind": "social_protection",
        "allowance__protection_case": "survivor_over_80",
        "allowance__over_80_survivor": "yes",
    }
    case = scene.death(now=at("2025-01-20T09:00"), **told)
    assert case.group_due_at == at("2025-02-11T17:00")
    scene.register(case, now=at("2025-01-20T10:00"), name="Trích lục khai tử")
    assert scene.states(case)["social_protection"] == "waiting"
    scene.answer(case, "survivor_benefit_stop", "done", facts={"decision": "7/QĐ-BHXH"}, now=at("2025-01-21T10:00"))
    told_leg = scene.payload(scene.message(case, "social_protection"))
    assert told_leg["fields"]["stop_decision"] == "7/QĐ-BHXH"


def test_a_refused_registration_cancels_what_rests_on_it(scene: Scene) -> None:
    case = scene.birth()
    leg = scene.leg(case, "civil_status")
    from interlink.services.acting import case_actor
    from interlink.services.advance_case import advance_case

    Leg.objects.filter(pk=leg.pk).update(state="refused", done_at=case.declared_at, reason="Không đủ điều kiện.")
    assert case_actor(case).unit_id == scene.ward.pk
    advance_case(case_id=case.pk, now=case.declared_at)
    assert set(scene.states(case).values()) == {"refused", "cancelled"}
    assert scene.state(case) == "ended"
