"""The dossier API: same service, same refusals, bearer tokens, idempotency, ETag."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from oauth2_provider.models import AccessToken, Application

from dossiers.models import Dossier, DossierEvent
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Post, Unit, User
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from tests.factories import PostFactory, PublishedProcedure, UserFactory, receive

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/dossiers/"


@pytest.fixture
def connected_post(ward: Unit) -> Post:
    """The service account of a connected system, with a clerk's post at the ward."""
    return PostFactory(
        user=UserFactory(full_name="Cổng Dịch vụ công", is_service_account=True), unit=ward, role="clerk"
    )


def token_of(user: User, scope: str = "dossiers") -> str:
    application = Application.objects.create(
        name="ket-noi", user=user, client_type="confidential", authorization_grant_type="client-credentials"
    )
    expires = clock.now() + timedelta(hours=1)
    # As the token endpoint makes it for client credentials: no user of its own.
    token = f"token-{user.pk}-{scope}"
    AccessToken.objects.create(application=application, token=token, expires=expires, scope=scope)
    return token


@pytest.fixture
def client(connected_post: Post) -> Client:
    return Client(headers={"authorization": f"Bearer {token_of(connected_post.user)}"})


def body(procedure: PublishedProcedure, **changes: Any) -> dict[str, Any]:
    return {
        "procedure_code": procedure.procedure.national_code,
        "person": {"full_name": "Trần Văn Tú", "personal_id": "001090000001"},
        "phone": "0912345678",
        "checklist": [{"name": "Tờ khai theo mẫu", "state": "paper", "originals": 1}],
        **changes,
    }


def post(client: Client, data: dict[str, Any], key: str | None = "khoa-1") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(ADDRESS, data, content_type="application/json", headers=headers)


def test_an_intake_is_created_and_its_repetition_gets_the_same_body(
    client: Client, procedure: PublishedProcedure
) -> None:
    first, again = post(client, body(procedure)), post(client, body(procedure))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["code"] == Dossier.objects.get().code
    assert first["Location"] == f"{ADDRESS}{first.json()['code']}/"
    assert DossierEvent.objects.get().actor_name == "Cổng Dịch vụ công"
    assert AuditEntry.objects.get(action="dossier.receive").channel == "api"


def test_a_key_used_for_another_body_is_refused(client: Client, procedure: PublishedProcedure) -> None:
    post(client, body(procedure))
    answer = post(client, body(procedure, phone="0987654321"))
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency.other_content")


def test_an_intake_without_a_key_is_refused(client: Client, procedure: PublishedProcedure) -> None:
    answer = post(client, body(procedure), key=None)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency.key_missing")


def test_a_refusal_has_the_screens_code_sentence_and_field(client: Client, procedure: PublishedProcedure) -> None:
    answer = post(client, body(procedure, checklist=[]))
    assert answer.status_code == 400
    assert answer.json()["code"] == "dossier.paper_missing"
    assert answer.json()["field"] == "checklist"
    assert "Tờ khai theo mẫu" in answer.json()["message"]


def test_a_body_of_the_wrong_shape_says_where(client: Client, procedure: PublishedProcedure) -> None:
    answer = post(client, body(procedure, person={"personal_id": "001090000001"}))
    assert (answer.status_code, answer.json()["code"]) == (400, "api.invalid")
    assert "full_name" in answer.json()["errors"]["person"]


def test_without_a_token_nothing_is_told(procedure: PublishedProcedure) -> None:
    answer = post(Client(), body(procedure))
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_token_of_another_scope_is_refused(connected_post: Post, procedure: PublishedProcedure) -> None:
    client = Client(headers={"authorization": f"Bearer {token_of(connected_post.user, 'procedures')}"})
    assert post(client, body(procedure)).status_code == 403


def test_a_token_of_an_account_without_the_right_is_refused(ward: Unit, procedure: PublishedProcedure) -> None:
    officer = PostFactory(unit=ward, role=Role.OFFICER)
    client = Client(headers={"authorization": f"Bearer {token_of(officer.user)}"})
    assert post(client, body(procedure)).status_code == 403


def test_a_token_of_a_closed_account_is_refused(
    connected_post: Post, client: Client, procedure: PublishedProcedure
) -> None:
    User.objects.filter(pk=connected_post.user_id).update(is_active=False)
    assert post(client, body(procedure)).status_code == 401


def test_a_dossier_is_read_with_its_etag(client: Client, desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    code = receive(desk_clerk_lan, procedure).code
    answer = client.get(f"{ADDRESS}{code}/")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["code"], told["status"], told["national_status"]) == (code, "ACCEPTED", 2)
    assert told["applicant"]["personal_id"] == "001090000001"
    assert [step["state"] for step in told["steps"]] == ["done", "done", "waiting"]
    assert answer["ETag"] == '"1"'
    same = client.get(f"{ADDRESS}{code}/", headers={"If-None-Match": '"1"'})
    assert (same.status_code, same.content) == (304, b"")


def test_events_are_told_in_order(client: Client, desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    code = receive(desk_clerk_lan, procedure).code
    told = client.get(f"{ADDRESS}{code}/events/").json()["results"]
    assert [(event["kind"], event["kind_label"]) for event in told] == [("dossier.received", "Tiếp nhận hồ sơ")]


@pytest.mark.parametrize("ending", ["", "events/"])
def test_another_units_dossier_is_not_found(
    ending: str, client: Client, stranger_nga: Actor, desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    code = receive(desk_clerk_lan, procedure).code
    stranger = User.objects.get(pk=stranger_nga.user_id)
    elsewhere = Client(headers={"authorization": f"Bearer {token_of(stranger)}"})
    answer = elsewhere.get(f"{ADDRESS}{code}/{ending}")
    assert (answer.status_code, answer.json()["code"]) == (404, "dossier.not_found")
    assert client.get(f"{ADDRESS}{code}/{ending}").status_code == 200
