"""The administrator's screen of keep-times: who may, what is shown, that a dry run changes nothing."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from haddong_portal.accounts.constants import Role, UnitKind, UnitLevel
from haddong_portal.accounts.models import Post, Unit, User
from haddong_portal.accounts.sessions import choose, touch
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.plumbing.models import IdempotencyKey, RetentionRule
from haddong_portal.plumbing.selectors.retention import DATA_FILE
from tests.browser import assert_axe
from tests.factories import make_actor

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.running import RunningPortal

LIST, CODE, PASSPHRASE = "/nhat-ky/thoi-han-luu/", "idempotency-keys", "sen-hong-2024"
PHONE = {"width": 390, "height": 844}


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id), backend="haddong_portal.accounts.backends.StaffBackend")
    session = client.session
    choose(session, actor.post_id or 0)
    touch(session, clock.now())
    session.save()
    return client


@pytest.fixture
def administrator(ward: Unit, settings: Any) -> Client:
    settings.TOTP_REQUIRED = False
    return signed_in(make_actor(ward, Role.ADMINISTRATOR, "Lương Anh Khoa"))


@pytest.fixture
def inspector(ward: Unit, settings: Any) -> Client:
    settings.TOTP_REQUIRED = False
    return signed_in(make_actor(ward, Role.INSPECTOR, "Phạm Văn Thanh"))


def make_old_key() -> None:
    IdempotencyKey.objects.create(
        scope="dossiers", key="cu", request_hash="0" * 64, answer={}, created_at=clock.now() - timedelta(days=400)
    )


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.django_db
def test_the_list_names_every_rule_and_what_is_due(administrator: Client) -> None:
    make_old_key()
    page = text_of(administrator.get(LIST))
    shipped = json.loads(DATA_FILE.read_text(encoding="utf-8"))["rules"]
    assert page.count('<th scope="row">') == len(shipped) >= 10
    assert "Khóa chống gửi trùng</a>" in page
    assert '<td class="num">1</td>' in page
    assert page.count("chỉ đếm") == sum(not rule["is_active"] for rule in shipped)


@pytest.mark.django_db
def test_a_dry_run_tells_and_leaves_everything(administrator: Client) -> None:
    make_old_key()
    answer = administrator.post(reverse("audit:retention-dry-run", args=[CODE]))
    page = text_of(answer)
    assert "1 dòng đến hạn xóa" in page
    assert f"plumbing.IdempotencyKey {IdempotencyKey.objects.get().pk}" in page
    assert not RetentionRule.objects.exists()


@pytest.mark.django_db
def test_a_new_keep_time_is_saved_with_who_set_it(administrator: Client) -> None:
    form = {"keep_days": "45", "source": "QĐ 12/2024", "valid_from": f"{clock.today():%Y-%m-%d}", "is_active": "on"}
    saved = administrator.post(reverse("audit:retention-edit", args=[CODE]), form)
    assert saved.status_code == 302
    page = text_of(administrator.get(saved["Location"]))
    assert "45 ngày</strong>" in page
    assert "QĐ 12/2024" in page
    assert "Lương Anh Khoa" in page
    short = administrator.post(reverse("audit:retention-edit", args=[CODE]), form | {"keep_days": "1"})
    assert short.status_code == 422
    assert "Phải giữ ít nhất 7 ngày." in text_of(short)
    assert RetentionRule.objects.get().keep_days == 45


@pytest.mark.django_db
def test_an_inspector_may_look_and_count_but_not_change(inspector: Client) -> None:
    page = text_of(inspector.get(reverse("audit:retention-rule", args=[CODE])))
    assert "Chạy thử" in page
    assert "Lưu thời hạn" not in page
    assert inspector.post(reverse("audit:retention-dry-run", args=[CODE])).status_code == 200
    assert inspector.post(reverse("audit:retention-edit", args=[CODE]), {"keep_days": "9"}).status_code == 403
    assert inspector.get(reverse("audit:retention-rule", args=["khong-co"])).status_code == 404


@pytest.mark.browser
def test_the_screen_is_readable_wide_and_narrow(running_portal: RunningPortal, page: Page) -> None:
    with running_portal.database():
        make_old_key()
        unit, _ = Unit.objects.get_or_create(
            key="phong-thu-luu",
            defaults={
                "name": "Phòng Thử lưu",
                "short_name": "Thử lưu",
                "kind": UnitKind.DEPARTMENT,
                "level": UnitLevel.DISTRICT,
                "valid_from": date(2023, 1, 1),
            },
        )
        user = User.objects.create_user("quan-tri.thu-luu", password=PASSPHRASE, full_name="Lương Anh Khoa")
        post = {"user": user, "unit": unit, "role": Role.ADMINISTRATOR, "title": "Quản trị viên"}
        Post.objects.create(**post, valid_from=date(2023, 1, 1))
    page.goto(running_portal.url(f"/tai-khoan/dang-nhap/?next={LIST}"))
    page.get_by_label("Tên đăng nhập").fill("quan-tri.thu-luu")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSPHRASE)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Thời hạn lưu", level=1).wait_for()
    assert_axe(page)
    page.get_by_role("link", name="Khóa chống gửi trùng").click()
    page.get_by_role("button", name="Chạy thử").click()
    page.get_by_text("dòng đến hạn xóa").wait_for()
    assert_axe(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a typed dict of playwright's own
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert_axe(page)
