"""The leader's desk: what waits, what he needs to decide, and what came of signing several."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from dossiers.models import Dossier
from dossiers.selectors.signing_desk import signing_desk
from dossiers.services.finish_step import finish_step
from dossiers.services.sign_result import sign_result
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from tests.budgets.conftest import at_most
from tests.dossiers.conftest import Story
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import MORNING, make_actor, publish_procedure

pytestmark = pytest.mark.django_db
DESK_MAX = 5
LATER = MORNING + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _an_hour_later(_morning: None) -> Iterator[None]:
    """The story's acts lie behind."""
    with time_machine.travel(LATER, tick=False):
        yield


def ticked(*dossiers: Dossier) -> dict[str, list[str]]:
    return {"chosen": [f"{dossier.pk}:{dossier.row_version}" for dossier in dossiers]}


def codes(actor: Actor, **wishes: object) -> list[str]:
    desk = signing_desk(actor=actor, now=LATER, **wishes)  # type: ignore[arg-type]  # as the view passes them
    return [line.code for group in desk.groups for line in group.lines]


def rival_of(story: Story) -> Actor:
    return make_actor(Unit.objects.get(pk=story.leader.unit_id), Role.LEADER, "Trần Quốc Bảo")


def test_the_desk_holds_what_this_leader_may_sign_and_nothing_else(story: Story, stranger_nga: Actor) -> None:
    mine, named = story.at_signing(), story.taken()
    rival = rival_of(story)
    finish_step(actor=story.officer, dossier_id=named.pk, next_officer_id=rival.user_id, now=story.now())
    story.taken(), story.at_desk()
    assert codes(story.leader) == [mine.code]
    assert set(codes(rival)) == {mine.code, named.code}
    assert codes(make_actor(Unit.objects.get(pk=stranger_nga.unit_id), Role.LEADER, "Lý Văn Xa")) == []


def test_a_line_tells_who_examined_and_what_is_proposed(story: Story, open_session: OpenSession) -> None:
    dossier = story.taken()
    finish_step(
        actor=story.officer,
        dossier_id=dossier.pk,
        note="Chưa đủ tuổi kết hôn",
        proposal="refuse",
        now=story.now(),
    )
    page = open_session(story.leader).get(reverse("dossiers:signing-desk")).content.decode()
    for word in (story.officer.name, "Chưa đủ tuổi kết hôn", "Từ chối", "Mở để ra phiếu từ chối", "2 giấy tờ"):
        assert word in page
    assert f'value="{dossier.pk}:' not in page, "a refusal cannot be ticked"
    own = open_session(story.leader).get(reverse("dossiers:dossier", args=[dossier.code])).content.decode()
    assert "đề nghị từ chối" in own, "the dossier's own page tells it too"


def test_procedures_are_groups_and_chips(story: Story, open_session: OpenSession) -> None:
    own = story.procedure
    story.at_signing(), story.at_signing()
    story.procedure = publish_procedure(
        at=Unit.objects.get(pk=story.leader.unit_id),
        name="Đăng ký khai tử",
        limit={"amount": "1", "unit": "working_day"},
    )
    urgent, story.procedure = story.at_signing(), own
    desk = signing_desk(actor=story.leader, now=LATER)
    assert [group.procedure_name for group in desk.groups] == ["Đăng ký khai tử", own.version.name]
    assert [count for _, _, count in desk.kinds] == [2, 1] and desk.total == 3
    only = open_session(story.leader).get(f"{reverse('dossiers:signing-desk')}?thu-tuc={urgent.procedure_id}")
    assert only.context["desk"].groups[0].lines[0].code == urgent.code and len(only.context["desk"].groups) == 1


def test_pages_hold_every_draft_once(story: Story) -> None:
    expected = {story.at_signing().code for _ in range(5)}
    first = signing_desk(actor=story.leader, now=LATER, limit=3)
    second = signing_desk(actor=story.leader, now=LATER, limit=3, cursor=first.next_cursor)
    found = [line.code for desk in (first, second) for group in desk.groups for line in group.lines]
    assert set(found) == expected and len(found) == 5 and second.next_cursor is None


def test_signing_all_leads_back_with_a_word(story: Story, open_session: OpenSession) -> None:
    first, second = story.at_signing(), story.at_signing()
    answer = open_session(story.leader).post(reverse("dossiers:signing-desk"), ticked(first, second), follow=True)
    page = answer.content.decode()
    assert "Đã ký 2 hồ sơ." in page and "Không còn hồ sơ nào chờ ký" in page


def test_what_another_leader_signed_first_is_told_with_who_and_when(story: Story, open_session: OpenSession) -> None:
    mine, gone = story.at_signing(), story.at_signing()
    sign_result(actor=rival_of(story), dossier_id=gone.pk, now=clock.now())
    client = open_session(story.leader)
    some = client.post(reverse("dossiers:signing-desk"), ticked(mine, gone))
    page = some.content.decode()
    assert some.status_code == 200
    assert "Đã ký 1, chưa ký 1 hồ sơ" in page and "Trần Quốc Bảo đã ký hồ sơ này lúc" in page
    none = client.post(reverse("dossiers:signing-desk"), ticked(gone))
    assert none.status_code == 409 and "dossier.signed" in none.content.decode()


@pytest.mark.parametrize("chosen", ["hong", "1", "9" * 30 + ":1", ""])
def test_a_bent_choice_is_refused_on_the_page(story: Story, open_session: OpenSession, chosen: str) -> None:
    story.at_signing()
    answer = open_session(story.leader).post(reverse("dossiers:signing-desk"), {"chosen": [chosen] if chosen else []})
    assert answer.status_code in {400, 422} and "Chưa ký hồ sơ nào" in answer.content.decode()


def test_the_reason_is_asked_only_where_a_step_is_late(story: Story, open_session: OpenSession) -> None:
    dossier = story.at_signing()
    path = reverse("dossiers:signing-desk")
    assert "late_reason" not in open_session(story.leader).get(path).content.decode()
    with time_machine.travel(MORNING + timedelta(days=14), tick=False):
        client = open_session(story.leader)
        assert "late_reason" in client.get(path).content.decode()
        told = client.post(path, ticked(dossier) | {"late_reason": "staff"})
        assert told.status_code == 302


def test_a_desk_of_many_costs_at_most_five_statements(story: Story, open_session: OpenSession) -> None:
    for _ in range(12):
        story.at_signing()
    client, path = open_session(story.leader), reverse("dossiers:signing-desk")
    client.get(path)
    with at_most(DESK_MAX):
        page = client.get(path).content.decode()
    assert page.count("data-row ") == 12
