"""The work list's filters in a real browser: opened in place, saved, used on a phone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from haddong_portal.common import clock
from tests.browser import assert_axe
from tests.dossiers.browser.stage import PHONE, Ward, open_page
from tests.running import RunningPortal

pytestmark = pytest.mark.browser
PATH = "/ho-so/viec/"


@pytest.fixture(scope="module")
def ward(running_portal: RunningPortal) -> Ward:
    running_portal.manage("load_foundation")
    with running_portal.database():
        made = Ward("bo-loc")
        made.at_signing("Đặng Thị Hòa")
        made.received("Trần Văn Tú", at=clock.now() - timedelta(minutes=5))
    return made


def test_a_filter_is_chosen_saved_and_used_again(running_portal: RunningPortal, browser: Browser, ward: Ward) -> None:
    page = open_page(running_portal, browser, "minh.bo-loc", PATH)
    page.get_by_text("Bộ lọc", exact=True).click()
    panel = page.get_by_role("form", name="Bộ lọc", exact=True)
    panel.get_by_label("Trạng thái").select_option("SIGNING")
    assert_axe(page)
    panel.get_by_role("button", name="Lọc", exact=True).click()
    expect(page.get_by_role("link", name="Trạng thái: Đang trình ký")).to_be_visible()
    expect(page.locator("[data-row]")).to_have_count(1)
    page.get_by_text("Bộ lọc", exact=True).click()
    page.get_by_label("Lưu bộ lọc này với tên").fill("Đang trình ký")
    page.get_by_label("Mở đầu tiên").check()
    page.get_by_role("button", name="Lưu bộ lọc đang xem").click()
    expect(page.get_by_text("Đã lưu bộ lọc “Đang trình ký”.")).to_be_visible()
    page.goto(running_portal.url(PATH))
    expect(page).to_have_url(re.compile("trang-thai=SIGNING"))
    assert_axe(page)


def test_the_panel_on_a_phone(running_portal: RunningPortal, browser: Browser, ward: Ward) -> None:
    page = open_page(running_portal, browser, "lan.bo-loc", PATH, size=PHONE)
    page.get_by_text("Bộ lọc", exact=True).click()
    expect(page.get_by_role("form", name="Bộ lọc", exact=True)).to_be_visible()
    assert_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
