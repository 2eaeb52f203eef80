"""The head's day: every number is the length of the list behind it, whoever looks."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from dossiers.models import Dossier
from dossiers.selectors.day_view import DayFigures, day_view
from dossiers.services.issue_slip import LineData
from dossiers.services.request_supplement import request_supplement
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from tests.budgets.conftest import at_most
from tests.dossiers.conftest import Story
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import UnitFactory, make_actor

pytestmark = pytest.mark.django_db
DAY_MAX = 6  # calendar and rule-set among them, which a process remembers
TUESDAY_AFTER = datetime(2024, 3, 12, 10, 0, tzinfo=VIETNAM)


@pytest.fixture
def head(ward: Unit) -> Actor:
    return make_actor(ward, Role.ONE_STOP_HEAD, "Đỗ Văn Trường")


@pytest.fixture
def week(story: Story) -> dict[str, Dossier]:
    """A week later: one late, one stopped, one uncollected, one ready today, one new, one due tomorrow."""
    made = {"late": story.received(), "uncollected": story.done(), "returned": story.returned()}
    made["stopped"] = story.taken()
    request_supplement(
        actor=story.officer,
        dossier_id=made["stopped"].pk,
        reason="Thiếu chữ ký",
        lines=[LineData(requirement_id=story.procedure.papers[0].pk, name="Tờ khai", fault="unsigned")],
        now=story.now(),
    )
    made["ready"], made["gate"], made["today"] = story.done(), story.taken(), story.taken()
    _move(made["ready"], finished_at=TUESDAY_AFTER - timedelta(days=1))
    _move(made["gate"], due_at=TUESDAY_AFTER.replace(hour=17) + timedelta(days=1))
    _move(made["today"], due_at=TUESDAY_AFTER.replace(hour=17), on_time_confirmed_due_at=TUESDAY_AFTER.replace(hour=17))
    story.minutes = iter(range(7 * 24 * 60, 8 * 24 * 60))
    made["new"] = story.received()
    return made


def _move(dossier: Dossier, **columns: datetime) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(**columns)


def listed(client: object, url: str) -> int:
    return len(client.get(url).context["page"].rows)  # type: ignore[attr-defined]  # a test client


def test_the_figures_of_a_desk(head: Actor, week: dict[str, Dossier]) -> None:
    found = day_view(actor=head, now=TUESDAY_AFTER)
    assert found.total == DayFigures(arrived=1, due_today=1, late=1, at_gate=1, ready=2, uncollected=1)
    assert [line.name for line in found.clerks] == ["Nguyễn Thị Lan"]
    assert found.desks == [] and [line.figures.late for line in found.holders] == [1]


@pytest.mark.parametrize("role", [Role.ONE_STOP_HEAD, Role.LEADER, Role.DISTRICT_MANAGER])
def test_every_number_opens_a_list_of_that_length(
    role: Role, ward: Unit, week: dict[str, Dossier], open_session: OpenSession
) -> None:
    place = UnitFactory() if role == Role.DISTRICT_MANAGER else ward
    with time_machine.travel(TUESDAY_AFTER, tick=False):
        client = open_session(make_actor(place, role, "Vũ Văn Xem"))
        page = client.get(reverse("dossiers:day-view"))
        cells = [
            *page.context["stats"],
            *(cell for table in page.context["tables"] for row in table["rows"] for cell in row["cells"]),
        ]
        assert len(cells) > 6 and any(cell["value"] for cell in cells)
        wrong = [
            (cell["label"], cell["url"], cell["value"])
            for cell in cells
            if listed(client, cell["url"]) != cell["value"]
        ]
    assert wrong == []


def test_an_overseer_goes_from_all_desks_to_one(
    ward: Unit, week: dict[str, Dossier], open_session: OpenSession
) -> None:
    with time_machine.travel(TUESDAY_AFTER, tick=False):
        client = open_session(make_actor(UnitFactory(), Role.DISTRICT_MANAGER, "Vũ Văn Xem"))
        whole = client.get(reverse("dossiers:day-view")).context["day"]
        assert [line.key for line in whole.desks] == [ward.key] and whole.clerks == []
        one = client.get(f"{reverse('dossiers:day-view')}?quay={ward.key}").context["day"]
        assert one.clerks and one.total == whole.total
        assert client.get(f"{reverse('dossiers:day-view')}?quay=khong-co").context["day"].total == DayFigures()


def test_another_desks_day_is_its_own(week: dict[str, Dossier], stranger_nga: Actor) -> None:
    elsewhere = make_actor(Unit.objects.get(pk=stranger_nga.unit_id), Role.ONE_STOP_HEAD, "Lý Văn Xa")
    assert day_view(actor=elsewhere, now=TUESDAY_AFTER).total == DayFigures()


def test_a_stopped_clock_is_told_in_the_list_and_never_late(
    week: dict[str, Dossier], head: Actor, open_session: OpenSession
) -> None:
    with time_machine.travel(TUESDAY_AFTER + timedelta(days=30), tick=False):
        client = open_session(head)
        late = client.get(f"{reverse('dossiers:work-list')}?pham-vi=tai-quay&loc=qua-han").context["page"].rows
        every = client.get(f"{reverse('dossiers:work-list')}?pham-vi=tai-quay").context["page"].rows
    code = week["stopped"].code
    assert code not in {row.code for row in late}
    assert next(row.deadline.state for row in every if row.code == code) == "paused"


def test_the_day_of_many_costs_at_most_six_statements(
    week: dict[str, Dossier], story: Story, head: Actor, open_session: OpenSession
) -> None:
    with time_machine.travel(TUESDAY_AFTER, tick=False):
        client, path = open_session(head), reverse("dossiers:day-view")
        client.get(path)
        with at_most(DAY_MAX):
            assert client.get(path).status_code == 200
