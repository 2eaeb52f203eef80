"""The citizen's own pages: two steps in, the session's cookie, dossiers and consents, the way out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from dossiers.models import Dossier
from dossiers.selectors.links import tracking_token
from haddong_portal.accounts.models import User
from haddong_portal.audit.models import AuditEntry
from haddong_portal.citizens import ports
from haddong_portal.citizens.models import CitizenSession, Consent, Person, VerifiedPhone
from haddong_portal.citizens.sessions import COOKIE
from haddong_portal.common.actors import Actor
from tests.citizens.own import PHONE, person_with_phone, signed_in_citizen
from tests.dossiers.screens.conftest import open_session  # noqa: F401 - a fixture
from tests.factories import MORNING, PublishedProcedure, citizen, receive

DOOR, DOSSIERS, CONSENTS = "/giay-to-cua-toi/dang-nhap/", "/giay-to-cua-toi/ho-so/", "/giay-to-cua-toi/dong-y/"


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What went to phones."""
    codes: list[dict[str, Any]] = []
    monkeypatch.setattr(ports, "_senders", [lambda **words: codes.append(words)])
    return codes


def challenge_in(page: str) -> str:
    found = re.search(r'name="challenge" value="([0-9a-f-]+)"', page)
    assert found is not None, page
    return found[1]


def test_from_the_number_to_ones_dossiers_and_out(
    client: Client, desk_clerk_lan: Actor, procedure: PublishedProcedure, told: list[dict[str, Any]]
) -> None:
    person = person_with_phone(desk_clerk_lan)
    mine = receive(desk_clerk_lan, procedure).code
    theirs = receive(desk_clerk_lan, procedure, person=citizen("Lê Văn Khác", 2)).code
    assert client.get(DOSSIERS)["Location"] == f"{DOOR}?next={DOSSIERS}"
    page = client.post(DOOR, {"personal_id": person.personal_id, "next": DOSSIERS}).content.decode()
    wrong = client.post(DOOR, {"challenge": challenge_in(page), "personal_id": person.personal_id, "code": "abc"})
    assert wrong.status_code == 400 and "phone_code.wrong" in wrong.content.decode()
    fields = {"challenge": challenge_in(page), "personal_id": person.personal_id, "code": told[-1]["code"]}
    inside = client.post(DOOR, {**fields, "next": DOSSIERS})
    assert inside["Location"] == DOSSIERS
    cookie = client.cookies[COOKIE.name]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")
    shown = client.get(DOSSIERS)
    assert shown["Cache-Control"] == "private, no-store"
    assert tracking_token(mine) in shown.content.decode() and theirs not in shown.content.decode()
    assert AuditEntry.objects.filter(action="dossier.own_list", person_id=person.pk).exists()
    assert client.get(DOOR)["Location"].startswith("/giay-to-cua-toi/")
    kept = cookie.value
    assert client.post("/giay-to-cua-toi/thoat/")["Location"] == DOOR
    client.cookies[COOKIE.name] = kept  # a copy of the cookie is worthless after signing out
    assert client.get(DOSSIERS)["Location"].startswith(DOOR)


@pytest.mark.parametrize("number", ["001090000001", "001090000009"])
def test_the_page_after_the_number_is_the_same_for_everybody(
    client: Client, desk_clerk_lan: Actor, told: list[dict[str, Any]], number: str
) -> None:
    person_with_phone(desk_clerk_lan)
    answer = client.post(DOOR, {"personal_id": number})
    hidden = re.compile(r'(name="(?:challenge|personal_id|csrfmiddlewaretoken)" value=")[^"]*|nonce="[^"]*')
    text = hidden.sub(r"\1", answer.content.decode())
    assert answer.status_code == 200
    assert "Nếu số định danh này có điện thoại đã xác nhận" in text
    assert PHONE[-3:] not in text and "Trần" not in text
    assert number not in text.replace(f'value="{number}"', "")


def test_a_bent_cookie_an_ended_session_and_another_host_lead_nowhere(client: Client, desk_clerk_lan: Actor) -> None:
    person = person_with_phone(desk_clerk_lan)
    client.cookies[COOKIE.name] = "0" * 32
    assert client.get(DOSSIERS).status_code == 302
    inside = signed_in_citizen(person)
    assert inside.get(DOSSIERS).status_code == 200
    away = inside.get(DOOR, {"next": "https://xau.example/"})
    assert away["Location"].startswith("/giay-to-cua-toi/")
    with time_machine.travel(MORNING + timedelta(minutes=16), tick=False):
        assert inside.get(DOSSIERS).status_code == 302
        part = inside.get(DOSSIERS, headers={"HX-Request": "true"})
        assert part.status_code == 401 and part["HX-Redirect"].startswith(DOOR)


def test_a_clerk_who_is_also_a_citizen_keeps_the_two_apart(desk_clerk_lan: Actor) -> None:
    client = signed_in_citizen(person_with_phone(desk_clerk_lan))
    user = User.objects.get(pk=desk_clerk_lan.user_id)
    client.force_login(user, backend="haddong_portal.accounts.backends.StaffBackend")
    assert client.get(DOSSIERS).status_code == 200
    row = AuditEntry.objects.get(action="dossier.own_list")
    assert (row.actor_user_id, row.post_id, row.unit_id, row.channel) == (None, None, None, "public")


def test_consents_are_given_by_a_tick_and_taken_back(desk_clerk_lan: Actor) -> None:
    person = person_with_phone(desk_clerk_lan)
    client = signed_in_citizen(person)
    unticked = client.post(f"{CONSENTS}paper_reuse/", {})
    assert unticked.status_code == 422 and "consent.not_ticked" in unticked.content.decode()
    page = client.post(f"{CONSENTS}paper_reuse/", {"agreed": "1"}, follow=True).content.decode()
    assert "Đang đồng ý" in page and "không được dùng lại nữa" in page
    page = client.post(f"{CONSENTS}paper_reuse/rut/", follow=True).content.decode()
    assert "Chưa đồng ý" in page and "Những lần trước" in page
    assert client.post(f"{CONSENTS}paper_reuse/rut/").status_code == 409
    assert client.post(f"{CONSENTS}quang-cao/", {"agreed": "1"}).status_code == 404
    assert Consent.objects.get().withdrawn_at == MORNING


# The clerk's page.


def clerks_page(code: str) -> str:
    return f"/ho-so/{code}/dien-thoai/"


@pytest.fixture
def dossier(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> Dossier:
    return Dossier.objects.get(pk=receive(desk_clerk_lan, procedure).dossier_id)


def test_the_clerk_verifies_the_applicants_phone_from_the_dossier(
    dossier: Dossier,
    desk_clerk_lan: Actor,
    open_session: Any,  # noqa: F811 - the fixture
    told: list[dict[str, Any]],
) -> None:
    client, path = open_session(desk_clerk_lan), clerks_page(dossier.code)
    assert path in client.get(f"/ho-so/{dossier.code}/").content.decode()
    assert path in client.get(f"/ho-so/{dossier.code}/giay-tiep-nhan/").content.decode()
    assert client.get(path).status_code == 200
    row = AuditEntry.objects.get(action="person.read", purpose="xác nhận điện thoại để đăng nhập")
    assert (row.person_id, row.actor_user_id) == (dossier.person_id, desk_clerk_lan.user_id)
    assert client.post(path, {"phone": "12"}).status_code == 400
    page = client.post(path, {"phone": PHONE, "way": "code"}).content.decode()
    wrong = client.post(path, {"challenge": challenge_in(page), "code": "abc"})
    assert wrong.status_code == 400 and "phone_code.wrong" in wrong.content.decode()
    fields = {"challenge": challenge_in(page), "code": told[-1]["code"]}
    page = client.post(path, fields, follow=True).content.decode()
    assert "Đã xác nhận: 091••••678" in page
    page = client.post(path, {"phone": "0987654321", "way": "seen"}, follow=True).content.decode()
    assert "098••••321" in page and "công chức xem máy tại quầy" in page
    page = client.post(f"{path}thoi/", {"reason": "lost"}, follow=True).content.decode()
    assert "Đã xác nhận:" not in page
    assert set(VerifiedPhone.objects.values_list("end_reason", flat=True)) == {"replaced", "lost"}
    assert Person.objects.get().pk == VerifiedPhone.objects.values_list("person", flat=True).distinct().get()
    assert client.post(f"{path}thoi/", {"reason": "lost"}).status_code == 409


def test_a_stranger_and_an_officer_verify_nothing(
    dossier: Dossier,
    officer_minh: Actor,
    stranger_nga: Actor,
    open_session: Any,  # noqa: F811 - the fixture
) -> None:
    path, form = clerks_page(dossier.code), {"phone": PHONE, "way": "seen"}
    assert open_session(officer_minh).post(path, form).status_code == 403
    assert path not in open_session(officer_minh).get(f"/ho-so/{dossier.code}/").content.decode()
    assert open_session(stranger_nga).post(path, form).status_code == 404
    assert (VerifiedPhone.objects.count(), CitizenSession.objects.count()) == (0, 0)
