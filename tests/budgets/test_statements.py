"""What a request may cost the database, from session to answer. `make bench` prints the same counts."""

from __future__ import annotations

import uuid

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from dossiers.models import Dossier
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from tests.budgets.conftest import OpenSession, as_served, at_most
from tests.factories import MORNING, PublishedProcedure, receive

INTAKE_MAX = 20
WORK_LIST_MAX = 5
DOSSIER_MAX = 6
PROCEDURE_PAGE_MAX = 2
ROWS = 100

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _morning() -> object:
    with time_machine.travel(MORNING, tick=False):
        yield


def intake_form(procedure: PublishedProcedure, number: int, **changes: str) -> dict[str, str]:
    """The counter's form for a citizen who has never been here, everything brought."""
    form = {
        "procedure_code": procedure.procedure.national_code,
        "case_id": str(procedure.case.pk),
        "full_name": "Trần Thị Thử",
        "personal_id": f"001190{number:06d}",
        "birth": "12/07/1990",
        "phone": "0912345678",
        "address": "Phường Văn Quán",
        "channel": "1",
        "delivery": "desk",
        "copies": "1",
    }
    for paper in procedure.papers:
        form |= {f"paper-{paper.pk}-state": "paper", f"paper-{paper.pk}-originals": "1"}
    return form | changes


def file_intake(client: Client, form: dict[str, str]) -> None:
    """POST it; it must be received."""
    answer = client.post(reverse("dossiers:intake-draft", args=[uuid.uuid4()]), form)
    assert answer.status_code == 302, answer.content.decode()[:2000]


def test_an_intake_costs_at_most_twenty_statements(
    desk_clerk_lan: Actor, procedure: PublishedProcedure, open_session: OpenSession
) -> None:
    client = open_session(desk_clerk_lan)
    file_intake(client, intake_form(procedure, 1))
    with at_most(INTAKE_MAX):
        file_intake(client, intake_form(procedure, 2))


def test_an_intake_of_a_known_person_with_a_new_phone_stays_in_the_budget(
    desk_clerk_lan: Actor, procedure: PublishedProcedure, open_session: OpenSession
) -> None:
    client = open_session(desk_clerk_lan)
    file_intake(client, intake_form(procedure, 3))
    with at_most(INTAKE_MAX):
        file_intake(client, intake_form(procedure, 3, phone="0987654321", confirmed_duplicate="on"))


def test_a_form_with_an_unknown_procedure_gets_its_page_back(
    desk_clerk_lan: Actor, procedure: PublishedProcedure, open_session: OpenSession
) -> None:
    form = intake_form(procedure, 4, procedure_code="9.999999")
    answer = open_session(desk_clerk_lan).post(reverse("dossiers:intake-draft", args=[uuid.uuid4()]), form)
    assert answer.status_code == 422
    assert "Trần Thị Thử" in answer.content.decode()


def test_a_work_list_of_a_hundred_costs_at_most_five_statements(
    desk_clerk_lan: Actor, procedure: PublishedProcedure, open_session: OpenSession
) -> None:
    codes = [receive(desk_clerk_lan, procedure, confirmed_duplicate=True).code for _ in range(ROWS)]
    client, path = open_session(desk_clerk_lan), f"{reverse('dossiers:work-list')}?pham-vi=tat-ca&so-dong={ROWS}"
    client.get(path)
    with at_most(WORK_LIST_MAX):
        page = client.get(path).content.decode()
    assert all(code in page for code in codes)


def test_a_dossier_costs_at_most_six_statements(
    officer_minh: Actor, desk_clerk_lan: Actor, procedure: PublishedProcedure, open_session: OpenSession
) -> None:
    code = receive(desk_clerk_lan, procedure).code
    client, path = open_session(officer_minh), reverse("dossiers:dossier", args=[code])
    client.get(path)
    with at_most(DOSSIER_MAX):
        page = client.get(path).content.decode()
    assert code in page


@pytest.mark.parametrize("with_unit", [False, True])
def test_a_procedure_page_costs_at_most_two_statements(
    ward: Unit, procedure: PublishedProcedure, client: Client, with_unit: bool
) -> None:
    path = reverse("procedures:detail", args=[procedure.procedure.national_code])
    path += f"?don-vi={ward.key}" if with_unit else ""
    client.get(path)
    with at_most(PROCEDURE_PAGE_MAX):
        page = client.get(path).content.decode()
    assert procedure.version.name in page


def test_only_the_outermost_savepoint_is_left_out() -> None:
    nested = [
        "SAVEPOINT a",
        "SELECT 1",
        "SAVEPOINT b",
        "INSERT",
        "RELEASE SAVEPOINT b",
        "RELEASE SAVEPOINT a",
        "SELECT 2",
    ]
    assert as_served(nested) == ["SELECT 1", "SAVEPOINT b", "INSERT", "RELEASE SAVEPOINT b", "SELECT 2"]


def test_the_counter_names_the_statements_when_a_budget_is_passed(db: None) -> None:
    with pytest.raises(AssertionError, match="1 statements, at most 0"), at_most(0):
        Dossier.objects.count()
