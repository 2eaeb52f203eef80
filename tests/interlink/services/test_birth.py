"""The birth group from one declaration to its end (domain.md §9.2)."""

from __future__ import annotations

from datetime import datetime

import pytest

from haddong_portal.common.clock import VIETNAM
from haddong_portal.notices.models import Notice
from interlink.models import AgencyMessage, Leg
from tests.interlink.scene import CHILD_NUMBER, MORNING, Scene


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def test_one_declaration_becomes_three_results(scene: Scene) -> None:
    case = scene.birth()
    assert scene.states(case) == {
        "civil_status": "working",
        "personal_number": "waiting",
        "permanent_residence": "waiting",
        "health_insurance": "waiting",
    }
    scene.register(case)
    assert scene.states(case)["civil_status"] == "done"
    assert scene.states(case)["personal_number"] == "ready"
    held = scene.leg(case, "permanent_residence")
    assert (held.state, held.hold_code, held.clock_of) == ("held", "fact", "upstream")
    scene.answer(case, "personal_number", "done", facts={"personal_id": CHILD_NUMBER})
    assert {scene.leg(case, key).state for key in ("permanent_residence", "health_insurance")} == {"ready"}
    told = scene.payload(scene.message(case, "permanent_residence"))
    assert told["fields"]["child_personal_id"] == CHILD_NUMBER
    assert told["fields"]["certificate_number"] == scene.leg(case, "civil_status").outcome_number
    scene.answer(case, "permanent_residence", "done", outcome={"number": "TB-1", "date": "2024-12-06"})
    assert scene.state(case) == "running"
    scene.answer(case, "health_insurance", "done", facts={"card_number": "TE101"})
    assert scene.state(case) == "ended"
    assert scene.leg(case, "permanent_residence").outcome_number == "TB-1"
    assert {notice.event for notice in Notice.objects.filter(reference=f"linked:{case.pk}")} == {
        "linked_received",
        "linked_ended",
    }
    assert AgencyMessage.objects.filter(leg__case=case).count() == 3


def test_example_8_of_the_domain(scene: Scene) -> None:
    case = scene.birth(now=at("2024-12-05T15:40"))
    assert case.deemed_at == at("2024-12-06T08:00")
    dates = dict(Leg.objects.filter(case=case).values_list("key", "promised_at"))
    assert dates["civil_status"] == at("2024-12-06T17:00")
    assert dates["permanent_residence"] == dates["health_insurance"] == at("2024-12-10T17:00")
    assert case.group_due_at == at("2024-12-11T17:00")


def test_the_same_key_opens_one_case_and_the_same_child_too(scene: Scene) -> None:
    from haddong_portal.common.errors import Conflict

    case = scene.birth(key="k")
    assert scene.birth(key="k").pk == case.pk
    with pytest.raises(Conflict) as refused:
        scene.birth()
    assert (refused.value.code, refused.value.data["code"]) == ("linked.duplicate", case.code)
    assert case.group_due_at > MORNING  # type: ignore[operator]
