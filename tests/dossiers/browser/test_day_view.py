"""The head's day on a wide screen, a phone and paper."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from haddong_portal.common import clock
from tests.browser import assert_axe
from tests.dossiers.browser.stage import DESK, PHONE, Ward, open_page
from tests.running import RunningPortal

pytestmark = pytest.mark.browser
PATH = "/ho-so/trong-ngay/"


@pytest.fixture(scope="module")
def ward(running_portal: RunningPortal) -> Ward:
    running_portal.manage("load_foundation")
    with running_portal.database():
        made = Ward("trong-ngay")
        made.at_signing("Đặng Thị Hòa")
        made.received("Trần Văn Tú", at=clock.now() - timedelta(minutes=5))
        made.received("Vũ Thị Duyên", at=clock.now() - timedelta(days=20))
        made.received("Lê Văn Sáu", at=clock.now() - timedelta(days=21))
    return made


def test_a_number_leads_to_its_list(running_portal: RunningPortal, browser: Browser, ward: Ward) -> None:
    page = open_page(running_portal, browser, "truong.trong-ngay", PATH, size=DESK)
    assert_axe(page)
    page.get_by_role("link", name="Nguyễn Thị Lan, Quá hạn: 2").click()
    expect(page.locator("[data-row]")).to_have_count(2)
    assert_axe(page)


def test_the_day_on_a_phone_and_on_paper(running_portal: RunningPortal, browser: Browser, ward: Ward) -> None:
    page = open_page(running_portal, browser, "truong.trong-ngay", PATH, size=PHONE)
    assert_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.emulate_media(media="print")
    expect(page.get_by_text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")).to_be_visible()
    expect(page.get_by_role("navigation").first).to_be_hidden()
