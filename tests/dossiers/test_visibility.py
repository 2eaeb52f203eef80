"""Who sees which dossier: every role in every place, and the screens' two ways in."""

from __future__ import annotations

from itertools import product

import pytest

from dossiers.models import Dossier
from dossiers.selectors.dossier_page import dossier_page
from dossiers.selectors.events import dossier_events
from dossiers.selectors.work_list import work_list
from haddong_portal.accounts.constants import OVERSIGHT_ROLES, Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import PUBLIC_ACTOR, Actor
from haddong_portal.common.errors import NotFound
from tests.dossiers.conftest import Story
from tests.factories import MORNING, UnitFactory, make_actor, publish_procedure, receive

pytestmark = pytest.mark.django_db

PLACES = ("receiving", "handling", "signing", "elsewhere")


@pytest.fixture
def units(ward: Unit) -> dict[str, Unit]:
    return {"receiving": ward, "handling": UnitFactory(), "signing": UnitFactory(), "elsewhere": UnitFactory(desk=True)}


@pytest.fixture
def dossier(story: Story, units: dict[str, Unit]) -> Dossier:
    procedure = publish_procedure(at=units["receiving"], handling=units["handling"], signing=units["signing"])
    return story.fresh(receive(story.clerk, procedure).dossier_id)


@pytest.mark.parametrize(("place", "role"), list(product(PLACES, Role)))
def test_the_units_of_a_dossier_and_oversight_see_it(
    place: str, role: Role, units: dict[str, Unit], dossier: Dossier
) -> None:
    actor = make_actor(units[place], role, "Người xem")
    expected = place != "elsewhere" or role in OVERSIGHT_ROLES
    assert Dossier.objects.visible_to(actor).filter(pk=dossier.pk).exists() == expected


@pytest.mark.parametrize("actor", [PUBLIC_ACTOR, Actor(name="Không vị trí", user_id=1)])
def test_nobody_without_a_post_sees_anything(actor: Actor, dossier: Dossier) -> None:
    assert not Dossier.objects.visible_to(actor).exists()


@pytest.mark.parametrize("scope", ["mine", "unit", "desk_ready", "all"])
def test_no_list_shows_another_units_dossier(scope: str, stranger_nga: Actor, dossier: Dossier) -> None:
    assert not work_list(actor=stranger_nga, scope=scope, now=MORNING).rows


def test_a_page_read_leaves_an_audit_row_with_its_purpose(story: Story, dossier: Dossier) -> None:
    dossier_page(actor=story.clerk, code=dossier.code, now=MORNING, purpose="trả lời công dân")
    entry = AuditEntry.objects.get(action="dossier.read")
    assert (entry.object_id, entry.person_id, entry.purpose) == (
        str(dossier.pk),
        dossier.person_id,
        "trả lời công dân",
    )


def test_what_is_not_visible_is_not_found_and_leaves_no_trace_of_being_there(
    stranger_nga: Actor, dossier: Dossier
) -> None:
    answers = []
    for code in (dossier.code, "000.00.00.H26-240101-9999"):
        with pytest.raises(NotFound) as page:
            dossier_page(actor=stranger_nga, code=code, now=MORNING)
        with pytest.raises(NotFound) as events:
            dossier_events(actor=stranger_nga, code=code, now=MORNING)
        answers.append((page.value.code, page.value.message, events.value.code, events.value.message))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.CLERK, True), (Role.INSPECTOR, False), (Role.DISTRICT_MANAGER, False)]
)
def test_oversight_sees_no_identifiers(role: Role, sees: bool, ward: Unit, dossier: Dossier) -> None:
    page = dossier_page(actor=make_actor(ward, role, "Người xem"), code=dossier.code, now=MORNING)
    assert (page.personal_id, page.phone) == (("001090000001", "0912345678") if sees else ("", ""))


def test_the_allowed_acts_are_those_the_services_would_do(story: Story) -> None:
    def acts(actor: Actor, dossier: Dossier) -> list[str]:
        page = dossier_page(actor=actor, dossier_id=dossier.pk, now=MORNING)
        return sorted(act.command for act in page.allowed_acts)

    repairs = ["correct_mistake", "report_loss"]
    assert acts(story.officer, story.received()) == [*repairs, "take_dossier"]
    assert acts(story.clerk, story.received()) == ["collect_fee", *repairs, "request_withdrawal"]
    assert acts(story.officer, story.taken()) == [
        "correct_mistake",
        "finish_step",
        "forward_dossier",
        "report_loss",
        "request_opinion",
        "request_payment",
        "request_supplement",
        "verify_on_site",
    ]
    assert acts(story.leader, story.at_signing()) == [
        "correct_mistake",
        "decide_refusal",
        "extend_once",
        "report_loss",
        "take_dossier",
    ]
    assert acts(story.clerk, story.done()) == ["collect_fee", "correct_mistake", "hand_over_result", "report_loss"]
    assert acts(story.clerk, story.paid()) == ["correct_mistake", "hand_over_result", "report_loss"]
    assert acts(story.clerk, story.returned()) == ["correct_mistake"]
