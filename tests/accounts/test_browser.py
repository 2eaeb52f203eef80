"""The door in a real browser: reading, keyboard, the lock dialog over what was typed, every administrator's page."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from haddong_portal.accounts.constants import Role, UnitKind, UnitLevel
from haddong_portal.accounts.models import Post, Unit, User
from tests.browser import assert_axe, assert_nothing_from_outside
from tests.running import RunningPortal

pytestmark = pytest.mark.browser
PASSPHRASE = "sen-hong-2024"
LOCK_NOW = "document.dispatchEvent(new CustomEvent('portal:locked'))"


@pytest.fixture(scope="module")
def administrator(running_portal: RunningPortal) -> str:
    """An administrator of names of its own, since browser tests share one portal."""
    with running_portal.database():
        unit, _ = Unit.objects.get_or_create(
            key="phong-thu-cua",
            defaults={
                "name": "Phòng Thử cửa",
                "short_name": "Thử cửa",
                "kind": UnitKind.DEPARTMENT,
                "level": UnitLevel.DISTRICT,
                "valid_from": date(2023, 1, 1),
            },
        )
        user = User.objects.create_user("quan-tri.thu-cua", password=PASSPHRASE, full_name="Lương Anh Khoa")
        Post.objects.create(
            user=user, unit=unit, role=Role.ADMINISTRATOR, title="Quản trị viên", valid_from=date(2023, 1, 1)
        )
    return "quan-tri.thu-cua"


def sign_in(page: Page, portal: RunningPortal, username: str, path: str = "/tai-khoan/") -> None:
    """By keyboard alone: the cursor, Tab, Enter."""
    page.goto(portal.url(f"/tai-khoan/dang-nhap/?next={path}"))
    page.get_by_label("Tên đăng nhập").focus()
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSPHRASE)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path == path)


def test_the_sign_in_page_is_readable_and_says_what_was_wrong(
    running_portal: RunningPortal, administrator: str, page: Page
) -> None:
    outside = assert_nothing_from_outside(page, running_portal.base_url)
    page.goto(running_portal.url("/tai-khoan/dang-nhap/"))
    assert_axe(page)
    page.get_by_label("Tên đăng nhập").fill(administrator)
    page.get_by_label("Mật khẩu").fill("sai")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("chưa đúng")
    assert_axe(page)
    sign_in(page, running_portal, administrator)
    assert outside == []


def test_the_lock_dialog_keeps_what_was_typed(running_portal: RunningPortal, administrator: str, page: Page) -> None:
    sign_in(page, running_portal, administrator, "/tai-khoan/nhan-su/giao/")
    page.get_by_label("Chức danh").fill("Chuyên viên đang gõ dở")
    page.evaluate(LOCK_NOW)
    dialog = page.get_by_role("dialog", name="Màn hình đã khóa")
    expect(dialog).to_be_visible()
    assert_axe(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    page.keyboard.type("sai")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Mật khẩu chưa đúng")
    page.keyboard.type(PASSPHRASE)
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    assert page.get_by_label("Chức danh").input_value() == "Chuyên viên đang gõ dở"


def test_the_screen_can_be_locked_by_hand_and_the_server_agrees(
    running_portal: RunningPortal, administrator: str, page: Page
) -> None:
    sign_in(page, running_portal, administrator)
    page.locator(".top-person").click()
    with page.expect_response("**/tai-khoan/khoa/"):
        page.get_by_role("button", name="Khóa màn hình").click()
    page.goto(running_portal.url("/tai-khoan/lich/"))
    expect(page.get_by_role("heading", name="Màn hình đã khóa", level=1)).to_be_visible()
    assert_axe(page)
    page.get_by_label("Mật khẩu").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/tai-khoan/lich/")


PAGES = (
    "/bat-dau/",
    "/tai-khoan/",
    "/tai-khoan/mat-khau/",
    "/tai-khoan/vi-tri/",
    "/tai-khoan/hai-lop/thiet-lap/",
    "/tai-khoan/don-vi/",
    "/tai-khoan/don-vi/phong-thu-cua/",
    "/tai-khoan/nhan-su/",
    "/tai-khoan/nhan-su/giao/",
    "/tai-khoan/quyen/",
    "/tai-khoan/lich/2026/",
    "/tai-khoan/lich/ngay/2026-09-02/",
    "/nhat-ky/",
    "/nhat-ky/dau-niem/",
)


def test_every_page_of_the_administrator_is_accessible_and_stays_at_home(
    running_portal: RunningPortal, administrator: str, page: Page
) -> None:
    outside = assert_nothing_from_outside(page, running_portal.base_url)
    sign_in(page, running_portal, administrator)
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    for path in PAGES:
        answer = page.goto(running_portal.url(path))
        assert answer is not None and answer.status == 200, path
        assert_axe(page)
    assert (outside, problems) == ([], [])


@pytest.mark.parametrize("width", [360, 768])
def test_pages_fit_a_phone_and_a_tablet(
    running_portal: RunningPortal, administrator: str, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, running_portal, administrator)
    for path in ("/tai-khoan/dang-nhap/", *PAGES):
        page.goto(running_portal.url(path))
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{path} is {wider}px wider than the screen"
