"""Two workers at the same moment: a leg starts once, a reply is applied once, a key opens one case."""

from __future__ import annotations

from functools import partial

import pytest

from dossiers.models import Dossier, DossierEvent
from haddong_portal.common.errors import DomainError
from interlink.constants import ReplyState
from interlink.models import AgencyMessage, CaseEvent, Leg, LinkedCase
from interlink.services.advance_case import advance_case
from interlink.services.apply_reply import apply_reply
from interlink.services.hear_dossier import hear_dossier
from interlink.services.open_case import DeclarationData, open_case
from tests.dossiers.races.conftest import AtOnce, at_once
from tests.interlink.scene import BIRTH, BIRTH_PAPERS, CHILD_NUMBER, MORNING, Scene, make_scene

__all__ = ["at_once"]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> Scene:
    return make_scene()


def test_two_advances_at_once_start_a_leg_once(at_once: AtOnce, world: Scene) -> None:
    case = world.birth()
    world.register(case)
    Leg.objects.filter(case=case, key="personal_number").update(state="waiting", started_at=None, clock_of="")
    AgencyMessage.objects.filter(leg__case=case).delete()
    at_once([partial(advance_case, case_id=case.pk, now=MORNING) for _ in range(4)])
    assert AgencyMessage.objects.filter(leg__case=case, kind="request").count() == 1
    assert world.states(case)["personal_number"] == "ready"


def test_one_reply_for_two_workers_is_applied_once(at_once: AtOnce, world: Scene) -> None:
    case = world.birth()
    world.register(case)
    reply = world.reply(case, "personal_number", "done", 1, facts={"personal_id": CHILD_NUMBER})
    answers = at_once([partial(apply_reply, reply_id=reply.pk, now=MORNING) for _ in range(3)])
    assert set(answers) == {ReplyState.APPLIED}
    assert CaseEvent.objects.filter(case=case, kind="leg.done", leg__key="personal_number").count() == 1
    for key in ("permanent_residence", "health_insurance"):
        assert AgencyMessage.objects.filter(leg__case=case, leg__key=key).count() == 1


def test_two_replies_of_two_agencies_at_once_end_the_case_once(at_once: AtOnce, world: Scene) -> None:
    case = world.birth()
    world.register(case)
    world.answer(case, "personal_number", "done", facts={"personal_id": CHILD_NUMBER})
    replies = [world.reply(case, key, "done", 1) for key in ("permanent_residence", "health_insurance")]
    at_once([partial(apply_reply, reply_id=reply.pk, now=MORNING) for reply in replies])
    assert world.state(case) == "ended"
    assert CaseEvent.objects.filter(case=case, kind="case.ended").count() == 1


def test_one_event_heard_twice_at_once_moves_the_case_once(at_once: AtOnce, world: Scene) -> None:
    case = world.birth()
    deliver, world.deliver = world.deliver, lambda dossier, now: None  # type: ignore[method-assign]
    dossier = world.register(case)
    assert deliver is not None
    event = DossierEvent.objects.get(dossier=dossier, kind="dossier.result_recorded")
    at_once([partial(hear_dossier, event.pk, now=MORNING) for _ in range(3)])
    assert CaseEvent.objects.filter(case=case, kind="leg.done").count() == 1
    assert AgencyMessage.objects.filter(leg__case=case).count() == 1


def test_one_key_at_once_opens_one_case_and_one_dossier(at_once: AtOnce, world: Scene) -> None:
    data = DeclarationData(group_code="birth", fields=BIRTH, papers=BIRTH_PAPERS)
    same = partial(open_case, actor=world.clerk, data=data, idempotency_key="k", now=MORNING)
    answers = at_once([same] * 3)
    assert len({getattr(answer, "code", answer) for answer in answers if not isinstance(answer, DomainError)}) == 1
    assert (LinkedCase.objects.count(), Dossier.objects.count()) == (1, 1)


def test_one_child_at_two_counters_is_one_case(at_once: AtOnce, world: Scene) -> None:
    data = DeclarationData(group_code="birth", fields=BIRTH, papers=BIRTH_PAPERS)
    calls = [partial(open_case, actor=world.clerk, data=data, idempotency_key=key, now=MORNING) for key in "ab"]
    answers = at_once(calls)
    assert sorted(getattr(answer, "code", "")[:6] for answer in answers)[-1] == "linked"
    assert LinkedCase.objects.count() == 1
