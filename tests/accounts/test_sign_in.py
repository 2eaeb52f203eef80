"""Signing in and out, the lock-out, the choice of post, what the demo shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from haddong_portal.accounts.constants import DEMO_PASSPHRASE, Role
from haddong_portal.accounts.models import Post, Unit, User
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.clock import VIETNAM
from tests.accounts.conftest import PASSPHRASE, SINCE

pytestmark = pytest.mark.django_db
SIGN_IN = "/tai-khoan/dang-nhap/"
NOW = datetime(2024, 2, 15, 9, 0, tzinfo=VIETNAM)


def sign_in(client: Client, username: str = "lan.nt", password: str = PASSPHRASE, **more: str):
    return client.post(SIGN_IN, {"username": username, "password": password, **more})


def test_a_clerk_signs_in_and_lands_on_the_start_page(client: Client, person_in: Callable[..., User]) -> None:
    person_in(Role.CLERK)
    answer = sign_in(client)
    assert (answer.status_code, answer.url) == (302, reverse("home:start"))
    assert "Nguyễn Thu Lan" in client.get(answer.url).content.decode()


def test_the_page_that_was_wanted_comes_next_but_never_another_host(
    client: Client, person_in: Callable[..., User]
) -> None:
    person_in(Role.CLERK)
    asked = client.get(reverse("accounts:profile"))
    assert asked.url == f"{SIGN_IN}?next=/tai-khoan/"
    assert sign_in(client, next="/tai-khoan/").url == "/tai-khoan/"
    assert sign_in(client, next="https://evil.example/").url == reverse("home:start")


@pytest.mark.parametrize("username,password", [("lan.nt", "sai"), ("khong-co", PASSPHRASE)])
def test_a_wrong_name_and_a_wrong_password_get_the_same_words(
    client: Client, person_in: Callable[..., User], username: str, password: str
) -> None:
    person_in(Role.CLERK)
    answer = sign_in(client, username, password)
    assert answer.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_five_failures_lock_the_account_out_and_the_page_says_until_when(
    client: Client, person_in: Callable[..., User]
) -> None:
    person_in(Role.CLERK)
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(4):
            assert sign_in(client, password="sai").status_code == 422
        fifth = sign_in(client, password="sai")
        assert fifth.status_code == 429
        words = fifth.content.decode()
        assert "auth.locked_out" in words and "09:15" in words
        assert sign_in(client).status_code == 429, "the right password does not open a locked account"
        clock.shift(16 * 60)
        assert sign_in(client).status_code == 302


def test_a_person_with_two_posts_chooses_one(client: Client, person_in: Callable[..., User], department: Unit) -> None:
    user = person_in(Role.CLERK)
    second = Post.objects.create(user=user, unit=department, role=Role.LEADER, title="Trưởng phòng", valid_from=SINCE)
    answer = sign_in(client, next="/tai-khoan/")
    assert answer.url == f"{reverse('accounts:choose-post')}?next=%2Ftai-khoan%2F"
    chosen = client.post(reverse("accounts:choose-post"), {"post_id": second.pk, "next": "/tai-khoan/"})
    assert chosen.url == "/tai-khoan/"
    assert client.get("/tai-khoan/").context["actor"].role == Role.LEADER


def test_a_post_of_somebody_else_cannot_be_chosen(client: Client, person_in: Callable[..., User]) -> None:
    other = person_in(Role.ADMINISTRATOR, username="khac", full_name="Người Khác")
    client.force_login(person_in(Role.CLERK))
    answer = client.post(reverse("accounts:choose-post"), {"post_id": other.posts.get().pk})
    assert answer.status_code == 404
    assert "post_id" not in client.session


def test_an_ended_post_gives_no_rights(client: Client, person_in: Callable[..., User]) -> None:
    user = person_in(Role.ADMINISTRATOR)
    client.force_login(user)
    assert client.get(reverse("accounts:units")).status_code == 200
    user.posts.update(valid_to=date(2023, 1, 2))
    assert client.get(reverse("accounts:units")).status_code == 403


def test_signing_out_needs_a_post_request_and_ends_the_session(client: Client, person_in: Callable[..., User]) -> None:
    client.force_login(person_in(Role.CLERK))
    assert client.get(reverse("accounts:sign-out")).status_code == 405
    client.post(reverse("accounts:sign-out"))
    assert "_auth_user_id" not in client.session


def test_signing_in_out_and_failing_leave_audit_rows_without_what_was_typed(
    client: Client, person_in: Callable[..., User]
) -> None:
    user = person_in(Role.CLERK)
    sign_in(client, "mat-khau-go-nham", "x")
    sign_in(client, password="sai-mat-khau")
    sign_in(client)
    client.post(reverse("accounts:sign-out"))
    rows = AuditEntry.objects.order_by("id")
    assert [(row.action, row.object_id) for row in rows] == [
        ("account.sign_in_failed", str(user.pk)),
        ("account.signed_in", str(user.pk)),
        ("account.signed_out", str(user.pk)),
    ]
    assert not any("sai-mat-khau" in str(vars(row)) or "go-nham" in str(vars(row)) for row in rows)


def test_the_demo_lists_its_accounts_and_fills_the_form(client: Client, settings) -> None:
    settings.DEMO_MODE = True
    page = client.get(SIGN_IN, {"tai-khoan": "mot-cua"})
    assert len(page.context["demo_accounts"]) == 11
    assert all(account.start_here for account in page.context["demo_accounts"])
    assert f'value="{DEMO_PASSPHRASE}"' in page.content.decode()


def test_outside_the_demo_no_account_and_no_password_is_shown(client: Client, settings) -> None:
    settings.DEMO_MODE = False
    words = client.get(SIGN_IN, {"tai-khoan": "mot-cua"}).content.decode()
    assert DEMO_PASSPHRASE not in words and "Bản trình diễn: chọn" not in words


def test_an_htmx_request_without_a_session_is_sent_to_sign_in_and_back(client: Client) -> None:
    answer = client.post(
        reverse("accounts:still-here"),
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/ho-so/viec/"},
    )
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == f"{SIGN_IN}?next=/ho-so/viec/"
