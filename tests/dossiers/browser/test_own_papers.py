"""On a phone: sign in, add a paper, share it, see who looked, consent, sign out; every page within reach."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dossiers.papers.services.load_paper_types import load_paper_types
from haddong_portal.accounts.constants import Role
from haddong_portal.citizens.models import CitizenSession
from haddong_portal.common import clock
from tests.browser import STEP_MILLISECONDS_MAX, assert_axe, assert_nothing_from_outside
from tests.citizens.own import person_with_phone
from tests.dossiers.browser.test_filing_from_home import code_sent_to
from tests.factories import RuleSetFactory, UnitFactory, make_actor
from tests.running import RunningPortal

pytestmark = pytest.mark.browser
PHONE, NUMBER = "0987000877", 778899
SIZE = {"width": 390, "height": 844}


@pytest.fixture
def personal_id(running_portal: RunningPortal) -> str:
    """Somebody whose phone a clerk has verified."""
    with running_portal.database():
        RuleSetFactory()
        load_paper_types()
        ward = UnitFactory(ward=True, desk=True, short_name="Phường Giấy Tờ")
        clerk = make_actor(ward, Role.CLERK, "Nguyễn Thị Lan")
        return person_with_phone(clerk, "Trần Thị Kho", NUMBER, phone=PHONE, now=clock.now()).personal_id


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        viewport=SIZE,
        has_touch=True,  # type: ignore[arg-type]
    )
    context.set_default_timeout(STEP_MILLISECONDS_MAX)
    yield context
    context.close()


def picture() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (600, 800), "white").save(buffer, "JPEG")
    return buffer.getvalue()


def sign_in(portal: RunningPortal, page: Page, personal_id: str) -> None:
    page.goto(portal.url("/giay-to-cua-toi/"))
    expect(page.get_by_label("Số định danh cá nhân")).to_be_visible()
    assert_axe(page)
    page.get_by_label("Số định danh cá nhân").fill(personal_id)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Mã gồm 6 số")).to_be_focused()
    assert_axe(page)
    page.get_by_label("Mã gồm 6 số").fill(code_sent_to(portal, PHONE))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Giấy tờ của tôi", exact=True)).to_be_visible()


def test_from_the_phones_code_to_a_shared_paper_and_out(
    running_portal: RunningPortal, phone: BrowserContext, browser: Browser, personal_id: str
) -> None:
    page = phone.new_page()
    outside = assert_nothing_from_outside(page, running_portal.base_url)
    sign_in(running_portal, page, personal_id)
    assert_axe(page)
    page.get_by_role("link", name="Tải giấy tờ lên").click()
    page.get_by_label("Loại giấy tờ").select_option(label="Giấy khai sinh")
    page.get_by_label("Số, ký hiệu ghi trên giấy").fill("12/2020")
    page.set_input_files("#id_file", {"name": "khai-sinh.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    assert_axe(page)
    page.get_by_role("button", name="Đưa vào kho của tôi").click()
    expect(page.get_by_role("heading", name="Giấy khai sinh")).to_be_visible()
    expect(page.get_by_text("Chờ kiểm tra", exact=True)).to_be_visible()
    assert_axe(page)
    page.get_by_text("Tạo mã chia sẻ").click()
    page.get_by_role("button", name="Tạo mã").click()
    code = page.locator("#share-code").inner_text()
    assert_axe(page)

    visitor = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]  # playwright's typed dict
    visitor.goto(running_portal.url(f"/chia-se/{code}/"))
    assert_axe(visitor)
    visitor.get_by_role("button", name="Xem giấy tờ").click()
    expect(visitor.get_by_role("heading", name="Giấy khai sinh")).to_be_visible()
    assert_axe(visitor)
    link = visitor.get_by_role("link", name="Mở bản xem").get_attribute("href")
    assert visitor.request.get(running_portal.url(str(link))).headers["content-type"] == "image/jpeg"
    visitor.goto(running_portal.url("/chia-se/"))
    visitor.get_by_label("Mã chia sẻ").fill(code.lower())
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("alert")).to_contain_text("share.no_match")
    assert_axe(visitor)
    visitor.close()

    page.get_by_role("link", name="Giấy khai sinh").click()
    expect(page.get_by_text("Đã xem 1/1 lần")).to_be_visible()
    expect(page.get_by_text("Người có mã chia sẻ của ông/bà")).to_be_visible()
    page.get_by_role("link", name="Giấy tờ của tôi").first.click()
    page.get_by_role("link", name="Sự đồng ý").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Ghi nhận đồng ý").click()
    expect(page.get_by_text("Đang đồng ý")).to_be_visible()
    assert_axe(page)
    page.get_by_role("link", name="Hồ sơ", exact=True).click()
    expect(page.get_by_role("heading", name="Hồ sơ của tôi")).to_be_visible()
    assert_axe(page)
    page.get_by_role("button", name="Thoát").click()
    expect(page.get_by_text("Đã thoát")).to_be_visible()
    page.goto(running_portal.url("/giay-to-cua-toi/"))
    expect(page.get_by_label("Số định danh cá nhân")).to_be_visible()
    with running_portal.database():
        assert not CitizenSession.objects.filter(person__full_name="Trần Thị Kho", ended_at__isnull=True).exists()
    assert outside == []
