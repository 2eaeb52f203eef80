"""An outage recorded in a real browser, with the worker bringing it to the dossiers while one watches."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import assert_axe
from tests.flows.desk import sit_down
from tests.running import RunningPortal

pytestmark = pytest.mark.browser
HEAD_OF_DESK = "truong-mot-cua"


def test_record_and_watch(running_portal: RunningPortal, browser: Browser) -> None:
    running_portal.manage("load_demo", "--dossiers", "0", "--json")
    seat = sit_down(running_portal, browser, HEAD_OF_DESK)
    page = seat.look("/ho-so/su-co/")
    page.get_by_label("Hệ thống gặp sự cố").fill("Phần mềm hộ tịch điện tử")
    page.get_by_label("Từ lúc").fill("2026-03-02T08:00")
    page.get_by_label("Khắc phục xong lúc").fill("2026-03-02T07:00")
    page.get_by_label("Lý do, diễn biến").fill("Máy chủ mất điện")
    page.get_by_role("button", name="Ghi nhận sự cố").click()
    expect(page.get_by_text("Lúc kết thúc phải sau lúc bắt đầu").first).to_be_visible()
    assert_axe(page)
    page.get_by_label("Khắc phục xong lúc").fill("2026-03-02T11:00")
    page.get_by_role("button", name="Ghi nhận sự cố").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("tính lại ngày hẹn")
    expect(page.locator("#run")).to_contain_text("Đã xem", timeout=30_000)
    assert_axe(page)
    page.get_by_role("link", name="Các lần tính lại").click()
    expect(page.get_by_role("cell", name="Máy chủ mất điện")).to_be_visible()
    assert_axe(page)
    page.context.close()
