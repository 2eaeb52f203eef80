"""A connected system from its secret to the events of a dossier, as its programmer sees it."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from haddong_portal.common.actors import Actor
from tests.api.conftest import ConnectedSystem
from tests.budgets.conftest import OpenSession, open_session  # noqa: F401 - a fixture
from tests.budgets.test_statements import intake_form
from tests.factories import MORNING, PublishedProcedure

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _morning() -> object:
    with time_machine.travel(MORNING, tick=False):
        yield


def body_of(procedure: PublishedProcedure, **changes: Any) -> dict[str, Any]:
    return {
        "procedure_code": procedure.procedure.national_code,
        "person": {"full_name": "Trần Thị Thử", "personal_id": "001190000001", "birth_date": "1990-07-12"},
        "phone": "0912345678",
        "checklist": [{"requirement_id": paper.pk, "state": "paper", "originals": 1} for paper in procedure.papers],
        **changes,
    }


def send(client: Client, body: dict[str, Any], headers: dict[str, str]) -> Any:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    return client.post("/api/v1/dossiers/", body, content_type="application/json", headers=headers | key)


def test_from_secret_to_events(
    client: Client, connected_system: ConnectedSystem, procedure: PublishedProcedure
) -> None:
    headers = connected_system.headers(client)
    created = send(client, body_of(procedure), headers)
    assert created.status_code == 201, created.content
    read = client.get(created["Location"], headers=headers).json()
    assert (read["code"], read["applicant"]["name"]) == (created.json()["code"], "Trần Thị Thử")
    events = client.get(f"{created['Location']}events/", headers=headers).json()["results"]
    assert [event["kind"] for event in events] == ["dossier.received"]


def test_a_wrong_secret_gets_no_token(client: Client, connected_system: ConnectedSystem) -> None:
    assert connected_system.ask_token(client, secret="sai")["error"] == "invalid_client"


def test_a_made_up_token_opens_nothing(client: Client, procedure: PublishedProcedure) -> None:
    refused = send(client, body_of(procedure), {"Authorization": "Bearer khong-co-that"})
    assert refused.status_code in (401, 403)
    assert refused.json()["code"].startswith("api.")


@pytest.mark.parametrize(
    ("in_body", "in_form"),
    [
        ({"person": {"full_name": "Trần Thị Thử", "personal_id": "12345"}}, {"personal_id": "12345"}),
        ({"delivery": "postal"}, {"delivery": "postal"}),
    ],
)
def test_a_refusal_reads_the_same_at_the_counter_and_over_rest(
    client: Client,
    connected_system: ConnectedSystem,
    desk_clerk_lan: Actor,
    procedure: PublishedProcedure,
    open_session: OpenSession,  # noqa: F811 - the fixture
    in_body: dict[str, Any],
    in_form: dict[str, str],
) -> None:
    over_rest = send(client, body_of(procedure, **in_body), connected_system.headers(client))
    path = reverse("dossiers:intake-draft", args=[uuid.uuid4()])
    at_counter = open_session(desk_clerk_lan).post(path, intake_form(procedure, 1, **in_form))
    assert over_rest.status_code == at_counter.status_code == 400
    problem = over_rest.json()
    page = re.sub(r"\s+", " ", at_counter.content.decode())
    assert problem["code"] in page and problem["message"] in page, problem
