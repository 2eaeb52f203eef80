"""Taking a step: by its role in its unit, once."""

from __future__ import annotations

from typing import Any

import pytest

from dossiers.constants import EventKind
from dossiers.models import DossierEvent
from dossiers.services.forward_dossier import forward_dossier
from dossiers.services.take_dossier import take_dossier
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from tests.dossiers.conftest import Story
from tests.factories import UnitFactory, make_actor, publish_procedure, receive

pytestmark = pytest.mark.django_db


def refusal_of(actor: Actor, pk: int, **data: Any) -> DomainError:
    with pytest.raises(DomainError) as refusal:
        take_dossier(actor=actor, dossier_id=pk, **data)
    return refusal.value


def test_the_officer_takes_the_waiting_step(story: Story) -> None:
    dossier = story.received()
    at = story.now()
    event = take_dossier(actor=story.officer, dossier_id=dossier.pk, now=at)
    dossier.refresh_from_db()
    assert (dossier.status, dossier.officer_id, dossier.row_version) == ("PROCESSING", story.officer.user_id, 2)
    run = story.open_run(dossier)
    assert (run.state, run.officer_id, run.taken_at) == ("working", story.officer.user_id, at)
    assert (event.kind, event.from_status, event.to_status) == (EventKind.TAKEN, "ACCEPTED", "PROCESSING")


def test_the_leader_takes_the_signing_step(story: Story) -> None:
    dossier = story.at_signing()
    take_dossier(actor=story.leader, dossier_id=dossier.pk, now=story.now())
    dossier.refresh_from_db()
    assert (dossier.status, dossier.officer_id) == ("SIGNING", story.leader.user_id)


def test_the_head_of_the_desk_takes_a_clerks_step(story: Story, ward: Unit) -> None:
    head = make_actor(ward, Role.ONE_STOP_HEAD, "Trưởng bộ phận")
    dossier = story.at_desk()
    take_dossier(actor=head, dossier_id=dossier.pk, now=story.now())
    assert story.open_run(dossier).officer_id == head.user_id


def test_whoever_comes_second_learns_who_was_first(story: Story, ward: Unit) -> None:
    dossier = story.taken()
    refusal = refusal_of(make_actor(ward, Role.OFFICER, "Đặng Văn Nam"), dossier.pk)
    assert (refusal.code, refusal.status) == ("dossier.taken", 409)
    assert refusal.data == {"by": "Lê Quang Minh", "at": story.open_run(dossier).taken_at.isoformat()}
    assert refusal.message == "Lê Quang Minh đã nhận việc này lúc 09:02 thứ Ba, 05/03/2024."
    assert DossierEvent.objects.filter(kind=EventKind.TAKEN).count() == 1


def test_a_stale_form_learns_who_changed_it_and_when(story: Story, ward: Unit) -> None:
    dossier = story.received()
    colleague = make_actor(ward, Role.OFFICER, "Đặng Văn Nam")
    forward_dossier(actor=story.leader, dossier_id=dossier.pk, officer_id=colleague.user_id or 0, now=story.now())
    refusal = refusal_of(colleague, dossier.pk, row_version=1)
    assert (refusal.code, refusal.status) == ("dossier.changed", 409)
    assert refusal.data["by"] == "Phạm Thị Hoa"
    assert refusal.data["row_version"] == 2
    assert take_dossier(actor=colleague, dossier_id=dossier.pk, row_version=2, now=story.now())


def test_a_step_of_another_role_is_refused(story: Story) -> None:
    assert refusal_of(story.clerk, story.received().pk).code == "dossier.wrong_role"
    assert refusal_of(story.officer, story.at_signing().pk).code == "dossier.wrong_role"


def test_a_stranger_does_not_learn_that_it_exists(story: Story, stranger_nga: Actor) -> None:
    pk = story.received().pk
    there, nowhere = refusal_of(stranger_nga, pk), refusal_of(stranger_nga, pk + 999)
    assert (there.code, there.status, there.message) == (nowhere.code, nowhere.status, nowhere.message)
    assert there.code == "dossier.not_found"


@pytest.mark.parametrize("role", [Role.CATALOGUE_EDITOR, Role.INSPECTOR, Role.DISTRICT_MANAGER])
def test_who_may_not_take_is_refused(role: Role, story: Story, ward: Unit) -> None:
    assert refusal_of(make_actor(ward, role, "Người khác"), story.received().pk).code == "auth.not_allowed"


def test_a_finished_dossier_is_not_taken(story: Story) -> None:
    assert refusal_of(story.clerk, story.done().pk).code == "dossier.illegal_move"
    assert refusal_of(story.clerk, story.returned().pk).code == "dossier.illegal_move"


def test_the_step_of_another_unit_is_not_taken(story: Story, ward: Unit) -> None:
    """The receiving ward still sees a dossier that a department holds, but does not work on it."""
    department = UnitFactory()
    away = publish_procedure(at=ward, handling=department)
    pk = receive(story.clerk, away).dossier_id
    assert refusal_of(story.officer, pk).code == "dossier.other_unit"
    officer = make_actor(department, Role.OFFICER, "Đặng Văn Nam")
    assert take_dossier(actor=officer, dossier_id=pk, now=story.now())
