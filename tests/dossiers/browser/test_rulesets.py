"""The administrator's rule-sets in a real browser, wide and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from haddong_portal.accounts.constants import Role
from tests.browser import assert_axe
from tests.dossiers.browser.stage import PHONE, Ward, open_page
from tests.running import RunningPortal

pytestmark = pytest.mark.browser
PATH = "/ho-so/bo-quy-tac/"


@pytest.fixture(scope="module")
def ward(running_portal: RunningPortal) -> Ward:
    running_portal.manage("load_foundation")
    with running_portal.database():
        made = Ward("quy-tac")
        made.person("quan", Role.ADMINISTRATOR, "Ngô Thị Quản")
    return made


def test_a_value_is_changed_for_dossiers_to_come(running_portal: RunningPortal, browser: Browser, ward: Ward) -> None:
    page = open_page(running_portal, browser, "quan.quy-tac", PATH)
    assert_axe(page)
    page.get_by_role("link", name="R1", exact=True).click()
    assert_axe(page)
    page.get_by_role("link", name="Sửa: Gọi điện lần hai sau").click()
    assert_axe(page)
    page.get_by_label("Giá trị mới").fill("12")
    page.get_by_label("Lý do, văn bản xác nhận").fill("Kết luận giao ban tháng 11")
    page.get_by_role("button", name="Lưu giá trị mới").click()
    expect(page.get_by_text("Gọi điện lần hai sau: 10 ngày làm việc → 12 ngày làm việc")).to_be_visible()


def test_the_pages_on_a_phone(running_portal: RunningPortal, browser: Browser, ward: Ward) -> None:
    page = open_page(running_portal, browser, "quan.quy-tac", f"{PATH}R3/", size=PHONE)
    assert_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
