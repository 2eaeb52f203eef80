"""Guidance and refusal by a clerk in a real browser: what is typed goes along, every page is within reach of all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import assert_axe
from tests.flows.desk import Hands, sit_down
from tests.running import RunningPortal

pytestmark = pytest.mark.browser
CLERK = "lien.pth"
CITIZEN = "Đỗ Thị Hải Yến"
CARD = f"001196054321||{CITIZEN}|15081996|Nữ|Số 7 Hà Cầu, phường Hà Cầu, Hà Đông, Hà Nội|02032022"


@pytest.fixture(scope="module")
def desk(running_portal: RunningPortal) -> RunningPortal:
    running_portal.manage("load_demo", "--dossiers", "0", "--json")
    return running_portal


@pytest.fixture
def clerk(desk: RunningPortal, browser: Browser) -> Iterator[Hands]:
    """At an empty intake page, the cursor in the search box."""
    seat = sit_down(desk, browser, CLERK)
    seat.page.goto(desk.url("/ho-so/tiep-nhan/"))
    with seat.page.expect_navigation():
        seat.page.get_by_role("button", name="Bỏ, nhập hồ sơ khác").click()
    seat.page.wait_for_selector("#procedure-search:focus")
    yield seat.hands
    seat.page.context.close()


def asked_for(clerk: Hands) -> Page:
    """A procedure chosen, the card scanned."""
    clerk.page.wait_for_selector("#procedure-search:focus")
    clerk.type("tinh trang hon nhan")
    clerk.page.wait_for_selector("[data-match][aria-selected='true']:has-text('tình trạng hôn nhân')")
    clerk.press("Enter")
    clerk.page.wait_for_selector("#card-payload:focus")
    clerk.scan(CARD)
    expect(clerk.page.locator("#id_full_name")).to_have_value(CITIZEN)
    return clerk.page


def test_guide_then_meet_again(clerk: Hands) -> None:
    page = asked_for(clerk)
    assert_axe(page)
    page.get_by_role("button", name="Hướng dẫn bổ sung").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hướng dẫn bổ sung")
    expect(page.get_by_text(CITIZEN)).to_be_visible()
    assert_axe(page)
    page.get_by_label("Lý do, hướng dẫn thêm").fill("Mang bản chính để đối chiếu")
    clerk.press("Control+Enter")
    expect(page.locator("#slip-number")).to_contain_text("/PBS")
    assert_axe(page)
    page.get_by_role("link", name="Các phiếu tại quầy").click()
    expect(page.get_by_role("cell", name=CITIZEN)).to_be_visible()
    assert_axe(page)
    clerk.page.goto(page.url.split("/ho-so/")[0] + "/ho-so/tiep-nhan/")
    asked_for(clerk)
    expect(page.locator("#guided")).to_contain_text("Khi đó còn thiếu")
    assert_axe(page)


def test_refuse_with_what_was_asked_for(clerk: Hands) -> None:
    page = clerk.page
    page.locator("#id_full_name").fill("Lê Văn Khách")
    page.get_by_role("button", name="Từ chối tiếp nhận").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Từ chối tiếp nhận")
    page.get_by_label("Người dân yêu cầu việc gì").fill("Cấp hộ chiếu phổ thông")
    clerk.press("Control+Enter")
    expect(page.get_by_role("alert").first).to_contain_text("Phải ghi lý do từ chối")
    assert_axe(page)
    page.get_by_label("Lý do không tiếp nhận").fill("Thuộc thẩm quyền của công an thành phố")
    clerk.press("Control+Enter")
    expect(page.locator("#slip-number")).to_contain_text("/PTC")
    assert_axe(page)
