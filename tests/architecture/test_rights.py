"""Every address demands a right or says that it is public; every role gets exactly the pages of its rights."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from dossiers.models import Dossier, ResultFile
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit, User
from haddong_portal.accounts.sessions import choose, touch
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.rights import CITIZEN, PUBLIC, SIGNED_IN, all_acts, rights_of
from tests.architecture.endpoints import Endpoint, endpoints
from tests.citizens.own import person_with_phone, signed_in_citizen
from tests.factories import MORNING, PublishedProcedure, UnitFactory, citizen, make_actor, receive

# Foreign views, which cannot carry our attribute, and what guards them instead.
FOREIGN = {
    "admin:": "Django's admin: staff sessions only, each model asks our rights (common.web.rights_admin)",
    "api:schema": "drf-spectacular's description of the API; it holds no data",
    "api:token": "OAuth 2 token endpoint: the client's secret is the right",
    "api:revoke": "OAuth 2 revocation: the client's secret is the right",
}
OPEN = frozenset({200, 302, 304, 405})  # 405: the right was asked first, then the method


def is_foreign(endpoint: Endpoint) -> bool:
    return any(endpoint.name.startswith(name) for name in FOREIGN)


def ours() -> list[Endpoint]:
    return [endpoint for endpoint in endpoints() if not is_foreign(endpoint)]


def for_staff() -> list[Endpoint]:
    """Without the citizens' own pages, which no role opens: they have tests of their own below."""
    return [endpoint for endpoint in ours() if endpoint.permission != CITIZEN]


def may(role: str, endpoint: Endpoint) -> bool:
    return endpoint.permission in {PUBLIC, SIGNED_IN} or endpoint.permission in rights_of(role)


@pytest.fixture
def session_of(settings: Any) -> Callable[[Actor], Client]:
    """A signed-in client of an actor; the second factor has its own tests."""
    settings.TOTP_REQUIRED = False

    def signed_in(actor: Actor) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(User.objects.get(pk=actor.user_id), backend="haddong_portal.accounts.backends.StaffBackend")
        session = client.session
        choose(session, actor.post_id or 0)
        touch(session, clock.now())
        session.save()
        return client

    return signed_in


def test_every_view_says_who_may_open_it() -> None:
    known = set(all_acts()) | {PUBLIC, SIGNED_IN, CITIZEN}
    silent = [f"{endpoint.name}: {endpoint.permission!r}" for endpoint in ours() if endpoint.permission not in known]
    assert silent == []


def test_the_walk_sees_the_portal() -> None:
    names = {endpoint.name for endpoint in endpoints()}
    assert {"home:public", "dossiers:take", "tracking:look-up", "admin:index", "api:schema"} <= names
    assert len(ours()) > 70


def test_every_exception_is_still_needed() -> None:
    assert {name for name in FOREIGN if not any(one.name.startswith(name) for one in endpoints())} == set()


def test_every_right_belongs_to_known_roles() -> None:
    assert {act: roles - set(Role) for act, (_, roles) in all_acts().items() if not roles or roles - set(Role)} == {}


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_the_pages_of_its_rights_and_no_other(
    role: Role, ward: Unit, procedure: PublishedProcedure, session_of: Callable[[Actor], Client]
) -> None:
    actor = make_actor(ward, role, "Nguyễn Văn Thử")
    wrong = []
    for endpoint in for_staff():
        if endpoint.has_parameters or endpoint.name == "accounts:sign-out":
            continue
        status = session_of(actor).get(endpoint.path).status_code
        if (status in OPEN) != may(role, endpoint) or (status not in OPEN and status != 403):
            wrong.append(f"{endpoint.name} ({endpoint.permission}): {status}")
    assert wrong == []


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", Role)
def test_without_the_right_no_address_answers_otherwise_than_no(
    role: Role, method: str, ward: Unit, session_of: Callable[[Actor], Client]
) -> None:
    client = session_of(make_actor(ward, role, "Nguyễn Văn Thử"))
    answers = {one.name: getattr(client, method)(one.path).status_code for one in for_staff() if not may(role, one)}
    assert {name: status for name, status in answers.items() if status != 403} == {}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in_everywhere_but_on_public_pages(method: str) -> None:
    wrong = []
    for endpoint in ours():
        if endpoint.permission == PUBLIC:
            continue
        answer = getattr(Client(raise_request_exception=False), method)(endpoint.path)
        sent = answer.status_code == 302 and "/dang-nhap/" in answer["Location"]
        if not (answer.status_code in {401, 403} if endpoint.is_api else sent):
            wrong.append(f"{endpoint.name}: {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", Role)
def test_no_role_opens_a_citizens_own_page(
    role: Role, method: str, ward: Unit, session_of: Callable[[Actor], Client]
) -> None:
    client = session_of(make_actor(ward, role, "Nguyễn Văn Thử"))
    own = [endpoint for endpoint in ours() if endpoint.permission == CITIZEN]
    answers = {one.name: getattr(client, method)(one.path) for one in own}
    door = "/giay-to-cua-toi/dang-nhap/"
    assert len(own) > 2
    assert {name for name, got in answers.items() if not got.get("Location", "").startswith(door)} == set()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_citizens_session_opens_no_page_of_the_staff(method: str, desk_clerk_lan: Actor) -> None:
    client = signed_in_citizen(person_with_phone(desk_clerk_lan))
    wrong = []
    for endpoint in for_staff():
        if endpoint.permission == PUBLIC:
            continue
        answer = getattr(client, method)(endpoint.path)
        sent = answer.status_code == 302 and answer["Location"].startswith("/tai-khoan/dang-nhap/")
        if not (answer.status_code in {401, 403} if endpoint.is_api else sent):
            wrong.append(f"{endpoint.name}: {answer.status_code}")
    assert wrong == []


@pytest.mark.django_db
def test_public_pages_open_for_everybody() -> None:
    public = [one for one in ours() if one.permission == PUBLIC and not one.has_parameters]
    answers = {one.name: Client(raise_request_exception=False).get(one.path).status_code for one in public}
    assert {name: status for name, status in answers.items() if status not in OPEN} == {}


SECRET = "Trần Văn Kín"


@pytest.fixture
def code_of_the_ward(desk_clerk_lan: Actor, procedure: PublishedProcedure, settings: Any, tmp_path: Path) -> str:
    """A dossier of the ward with a result on file."""
    settings.MEDIA_ROOT = str(tmp_path)
    received = receive(desk_clerk_lan, procedure, person=citizen(SECRET, 77))
    ResultFile.objects.create(
        pk=1,
        dossier_id=received.dossier_id,
        name=SECRET,
        file=ContentFile(b"%PDF-1.7", name="ket-qua.pdf"),
        content_type="application/pdf",
        size_bytes=8,
        sha256="0" * 64,
        recorded_by_id=desk_clerk_lan.user_id,
        recorded_at=MORNING,
    )
    return received.code


def of_one_dossier() -> list[Endpoint]:
    """Every page and act that names a dossier by its code."""
    return [one for one in ours() if one.name.startswith("dossiers:") and one.path.startswith("/ho-so/khong-co/")]


def test_the_object_cases_cover_the_dossiers_addresses() -> None:
    names = {one.name for one in of_one_dossier()}
    assert {"dossiers:dossier", "dossiers:receipt-pdf", "dossiers:result-file", "dossiers:take"} <= names


@pytest.mark.parametrize("role", [Role.CLERK, Role.OFFICER, Role.LEADER, Role.ONE_STOP_HEAD])
def test_another_units_dossier_does_not_exist(
    role: Role, code_of_the_ward: str, session_of: Callable[[Actor], Client]
) -> None:
    stranger = make_actor(UnitFactory(ward=True, desk=True), role, "Vũ Thị Nga")
    client, wrong = session_of(stranger), []
    before = Dossier.objects.values().get(code=code_of_the_ward)
    for endpoint in of_one_dossier():
        for method in ("get", "post"):
            answer = getattr(client, method)(endpoint.path.replace("khong-co", code_of_the_ward))
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            allowed = {404, 405} if may(role, endpoint) else {403}
            if answer.status_code not in allowed or SECRET in body.decode(errors="replace"):
                wrong.append(f"{method} {endpoint.name}: {answer.status_code}")
    assert wrong == []
    assert Dossier.objects.values().get(code=code_of_the_ward) == before


def test_the_wards_own_officer_opens_what_the_stranger_cannot(
    code_of_the_ward: str, officer_minh: Actor, session_of: Callable[[Actor], Client]
) -> None:
    client = session_of(officer_minh)
    for ending in ("", "giay-tiep-nhan/", "giay-tiep-nhan.pdf", "ket-qua/1/"):
        assert client.get(f"/ho-so/{code_of_the_ward}/{ending}").status_code == 200, ending


def test_another_units_dossier_is_in_no_list(
    code_of_the_ward: str, stranger_nga: Actor, session_of: Callable[[Actor], Client]
) -> None:
    client = session_of(stranger_nga)
    for path in ("/ho-so/viec/?pham-vi=tat-ca", f"/ho-so/viec/?pham-vi=tat-ca&q={code_of_the_ward}", "/ho-so/viec/"):
        page = client.get(path).content.decode()
        assert SECRET not in page
        assert f'href="/ho-so/{code_of_the_ward}/"' not in page
