"""The idle lock keeps what was typed; the second factor is demanded in one place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
import time_machine
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from haddong_portal.accounts.constants import TOTP_ROLES, Role
from haddong_portal.accounts.guards import LOCKED_EVENT, UNLOCK_FIELD
from haddong_portal.accounts.models import User
from haddong_portal.common.clock import VIETNAM
from tests.accounts.conftest import PASSPHRASE

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 2, 15, 9, 0, tzinfo=VIETNAM)
PROFILE = "/tai-khoan/"
PASSWORD = "/tai-khoan/mat-khau/"
UNLOCK = "/tai-khoan/mo-khoa/"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def clerk(client: Client, person_in: Callable[..., User], clock) -> User:
    user = person_in(Role.CLERK)
    client.force_login(user)
    return user


def test_fourteen_minutes_are_not_idle_and_fifteen_are(client: Client, clerk: User, clock) -> None:
    clock.shift(14 * 60)
    assert client.get(PROFILE).status_code == 200
    clock.shift(15 * 60)
    answer = client.get(PROFILE)
    assert (answer.status_code, answer.url) == (302, f"{UNLOCK}?next=%2Ftai-khoan%2F")


def test_a_touch_starts_the_time_anew(client: Client, clerk: User, clock) -> None:
    for _ in range(3):
        clock.shift(10 * 60)
        assert client.post("/tai-khoan/con-day/").status_code == 204


def test_the_password_opens_the_screen_at_the_page_that_was_left(client: Client, clerk: User, clock) -> None:
    clock.shift(20 * 60)
    wrong = client.post(UNLOCK, {"password": "sai", "next": PROFILE})
    assert wrong.status_code == 422 and client.get(PROFILE).status_code == 302
    assert client.post(UNLOCK, {"password": PASSPHRASE, "next": PROFILE}).url == PROFILE
    assert client.get(PROFILE).status_code == 200


def test_a_form_sent_from_a_locked_screen_waits_in_the_lock_page_and_then_arrives(
    client: Client, clerk: User, clock
) -> None:
    clock.shift(20 * 60)
    typed = {"old_password": PASSPHRASE, "new_password1": "hoa-sen-tay-ho-9", "new_password2": "hoa-sen-tay-ho-9"}
    held = client.post(PASSWORD, typed)
    assert held.status_code == 401
    assert sorted(held.context["held"]) == sorted(typed.items())
    clerk.refresh_from_db()
    assert clerk.check_password(PASSPHRASE), "nothing happens while the screen is locked"
    assert client.post(PASSWORD, {**typed, UNLOCK_FIELD: "sai"}).status_code == 401
    assert client.post(PASSWORD, {**typed, UNLOCK_FIELD: PASSPHRASE}).status_code == 302
    clerk.refresh_from_db()
    assert clerk.check_password("hoa-sen-tay-ho-9")


def test_htmx_keeps_its_page_and_opens_the_dialog(client: Client, clerk: User, clock) -> None:
    clock.shift(20 * 60)
    answer = client.post(PASSWORD, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Trigger"], answer["HX-Reswap"]) == (401, LOCKED_EVENT, "none")


def test_the_dialog_locks_at_once_and_opens_again_with_the_same_csrf_secret(client: Client, clerk: User, clock) -> None:
    script = {"X-Requested-With": "fetch"}
    before = client.session.session_key
    assert client.post("/tai-khoan/khoa/", headers=script).status_code == 204
    assert client.get(PROFILE).status_code == 302
    wrong = client.post(UNLOCK, {"password": "sai"}, headers=script)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "auth.wrong_password")
    assert client.post(UNLOCK, {"password": PASSPHRASE}, headers=script).status_code == 204
    assert client.session.session_key == before
    assert client.get(PROFILE).status_code == 200


def test_guessing_the_password_of_a_locked_screen_ends_in_the_lock_out(client: Client, clerk: User, clock) -> None:
    clock.shift(20 * 60)
    codes = [client.post(UNLOCK, {"password": f"sai-{turn}"}).status_code for turn in range(5)]
    assert codes == [422, 422, 422, 422, 429]


def test_public_pages_stay_open_while_the_screen_is_locked(client: Client, clerk: User, clock) -> None:
    clock.shift(20 * 60)
    assert client.get("/tai-khoan/dang-nhap/").status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_whoever_signs_or_administers_owes_the_second_factor(
    client: Client, person_in: Callable[..., User], settings, role: Role
) -> None:
    settings.TOTP_REQUIRED = True
    client.force_login(person_in(role))
    answer = client.get(PROFILE)
    assert (answer.status_code == 302) == (role in TOTP_ROLES)
    if role in TOTP_ROLES:
        assert answer.url == "/tai-khoan/hai-lop/?next=%2Ftai-khoan%2F"
        assert client.get(answer.url).url == "/tai-khoan/hai-lop/thiet-lap/"


def test_a_leaders_other_post_is_guarded_too(client: Client, person_in: Callable[..., User], settings) -> None:
    settings.TOTP_REQUIRED = True
    client.force_login(person_in(Role.OFFICER, Role.LEADER))
    assert client.get(PROFILE).status_code == 302


def test_the_demo_leaves_the_second_factor_off(client: Client, person_in: Callable[..., User], settings) -> None:
    settings.TOTP_REQUIRED = False
    client.force_login(person_in(Role.ADMINISTRATOR))
    assert client.get(PROFILE).status_code == 200


def code_of(device: TOTPDevice) -> str:
    return f"{totp(device.bin_key, device.step, device.t0, device.digits):06d}"


def set_up(client: Client, user: User) -> list[str]:
    client.get("/tai-khoan/hai-lop/thiet-lap/")
    device = TOTPDevice.objects.get(user=user)
    answer = client.post("/tai-khoan/hai-lop/thiet-lap/", {"code": code_of(device)})
    assert answer.status_code == 200
    codes: list[str] = answer.context["codes"]
    return codes


def test_setting_up_shows_a_qr_and_takes_the_first_code(
    client: Client, person_in: Callable[..., User], settings, clock
) -> None:
    settings.TOTP_REQUIRED = True
    user = person_in(Role.LEADER)
    client.force_login(user)
    page = client.get("/tai-khoan/hai-lop/thiet-lap/").content.decode()
    assert "<svg" in page
    wrong = client.post("/tai-khoan/hai-lop/thiet-lap/", {"code": "000000"})
    assert wrong.status_code == 422 and client.get(PROFILE).status_code == 302
    clock.shift(60)
    assert len(set_up(client, user)) == 10
    assert client.get(PROFILE).status_code == 200


def test_the_next_session_needs_the_code_and_a_code_works_once(
    client: Client, person_in: Callable[..., User], settings, clock
) -> None:
    settings.TOTP_REQUIRED = True
    user = person_in(Role.LEADER)
    client.force_login(user)
    backup = set_up(client, user)
    later = Client()
    later.force_login(user)
    assert later.get(PROFILE).status_code == 302
    assert later.get("/tai-khoan/hai-lop/thiet-lap/").status_code == 403, "a new phone needs the old factor"
    assert later.post("/tai-khoan/hai-lop/", {"code": "123456"}).status_code == 422
    clock.shift(60)
    assert later.post("/tai-khoan/hai-lop/", {"code": backup[0], "next": PROFILE}).url == PROFILE
    assert later.get(PROFILE).status_code == 200
    assert not StaticToken.objects.filter(token=backup[0]).exists()
    third = Client()
    third.force_login(user)
    assert third.post("/tai-khoan/hai-lop/", {"code": backup[0]}).status_code == 422


def test_new_backup_codes_need_the_second_factor(client: Client, person_in: Callable[..., User], clock) -> None:
    user = person_in(Role.LEADER)
    client.force_login(user)
    assert client.post("/tai-khoan/hai-lop/ma-du-phong/").status_code == 302
    old = set_up(client, user)
    fresh = client.post("/tai-khoan/hai-lop/ma-du-phong/").context["codes"]
    assert len(fresh) == 10 and not set(fresh) & set(old)
