"""The start page: what each role sees first, and what a panel costs nobody without the right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client

from haddong_portal.accounts.constants import Role, UnitKind, UnitLevel
from haddong_portal.accounts.models import Post, Unit, User
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.home import panels
from haddong_portal.home.panels import Panel, panels_for
from haddong_portal.home.views.start import WORK, greeting

pytestmark = pytest.mark.django_db
START = "/bat-dau/"
PANELS = {
    Role.CLERK: ["work", "filed"],
    Role.OFFICER: ["work"],
    Role.LEADER: ["work"],
    Role.ONE_STOP_HEAD: ["work", "filed", "district"],
    Role.CATALOGUE_EDITOR: [],
    Role.DISTRICT_MANAGER: ["district"],
    Role.INSPECTOR: ["district"],
    Role.ADMINISTRATOR: [],
}


@pytest.fixture
def person(client: Client) -> User:
    unit = Unit.objects.create(
        key="phuong-dau",
        name="Phường Đầu",
        short_name="Đầu",
        kind=UnitKind.WARD,
        level=UnitLevel.WARD,
        valid_from=date(2023, 1, 1),
    )
    user = User.objects.create_user("lan.nt", full_name="Nguyễn Thu Lan")
    Post.objects.create(user=user, unit=unit, role=Role.CLERK, title="Công chức", valid_from=date(2023, 1, 1))
    client.force_login(user)
    return user


@pytest.mark.parametrize("role", list(Role))
def test_each_role_starts_with_its_panels_and_its_own_places(client: Client, person: User, role: Role) -> None:
    person.posts.update(role=role)
    page = client.get(START)
    assert page.status_code == 200
    assert [shown.key for shown in page.context["panels"]] == PANELS[role]
    assert WORK[role] in page.content.decode()
    assert page.context["entries"], "every role has somewhere to go"
    assert START not in [entry["url"] for entry in page.context["entries"]]


def test_a_person_without_a_post_is_told_whom_to_ask(client: Client, person: User) -> None:
    person.posts.all().delete()
    words = client.get(START).content.decode()
    assert "chưa được giao vị trí công tác" in words


def test_the_root_of_the_portal_needs_no_account(client: Client) -> None:
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "hour,words",
    [(7, "Chào buổi sáng"), (11, "Chào buổi trưa"), (14, "Chào buổi chiều"), (18, "Chào buổi tối")],
)
def test_the_greeting_follows_the_clock(hour: int, words: str) -> None:
    assert greeting(datetime(2024, 2, 15, hour, tzinfo=VIETNAM)) == words


def test_a_day_off_is_told_with_its_reason(client: Client, person: User) -> None:
    with time_machine.travel(datetime(2024, 2, 12, 9, tzinfo=VIETNAM), tick=False):
        client.force_login(person)
        assert "Tết Nguyên đán" in client.get(START).content.decode()


@pytest.fixture
def extra() -> Iterator[list[str]]:
    """A panel that writes down whom it was asked for."""
    asked: list[str] = []

    def context(actor: Actor) -> dict[str, object]:
        asked.append(actor.name)
        return {}

    panels.register(Panel("extra", "components/empty.html", "thu.nghiem", context, order=1))
    yield asked
    panels._panels.pop("extra")


def test_a_panels_context_is_asked_only_for_those_with_the_right(extra: list[str]) -> None:
    assert panels_for(Actor(name="không")) == []
    shown = panels_for(Actor(name="có", rights=frozenset({"thu.nghiem"})))
    assert ([panel.key for panel in shown], extra) == (["extra"], ["có"])
