"""One case from a phone at home over the desk's check to the tracking page, given back once on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db.models import F
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import assert_axe, assert_nothing_from_outside
from tests.dossiers.browser.test_filing_from_home import code_sent_to
from tests.flows.desk import Seat, a_small_pdf, phone, sit_down, text_of
from tests.running import RunningPortal
from tests.scale import wait_for

CLERK, WARD = "mot-cua-quang-trung", "phuong-quang-trung"
CITIZEN, PERSONAL_ID, PHONE = "Lê Thị Ở Nhà", "001197023456", "0912000777"

pytestmark = pytest.mark.flow


@pytest.fixture
def code(running_portal: RunningPortal) -> str:
    """A procedure of the shipped catalogue that the ward performs and that is fully online."""
    running_portal.manage("load_demo", "--dossiers", "0", "--json")
    with running_portal.database():
        from procedures.constants import ServiceLevel
        from procedures.models import ProcedureVersion

        rows = ProcedureVersion.objects.published().filter(
            service_level=ServiceLevel.FULL,
            procedure__performances__unit__key=WARD,
            procedure__performances__performed=True,
        )
        found = rows.order_by("procedure__national_code").values_list("procedure__national_code", flat=True).first()
        assert found, "the shipped catalogue has procedures that are fully online"
        return str(found)


@pytest.fixture
def handset(browser: Browser) -> Iterator[BrowserContext]:
    context = phone(browser)
    yield context
    context.close()


def test_from_home_to_the_receipt(
    running_portal: RunningPortal, browser: Browser, handset: BrowserContext, code: str
) -> None:
    citizen = handset.new_page()
    outside = assert_nothing_from_outside(citizen, running_portal.base_url)
    dossier = _file(running_portal, citizen, code)
    citizen.get_by_role("link", name="Theo dõi hồ sơ").click()
    expect(citizen.locator("#state")).to_have_text("Mới đăng ký")
    tracking = citizen.url

    clerk = sit_down(running_portal, browser, CLERK)
    _give_back(clerk, dossier)
    citizen.goto(tracking)
    expect(citizen.locator("#state")).to_have_text("Chờ bổ sung giấy tờ")
    assert_axe(citizen)
    _send_again(running_portal, citizen)
    _accept(clerk, dossier)
    _see_the_receipt(running_portal, citizen, tracking, dossier)
    assert outside == []
    clerk.page.context.close()


def _file(portal: RunningPortal, page: Page, code: str) -> str:
    page.goto(portal.url(f"/thu-tuc/{code}/?don-vi={WARD}"))
    page.get_by_role("link", name="Nộp trực tuyến").last.click()
    page.locator("input[name=case]").first.check()
    page.get_by_role("button", name="Bắt đầu khai").click()
    page.get_by_label("Họ và tên", exact=False).first.fill(CITIZEN)
    page.get_by_label("Số định danh cá nhân").fill(PERSONAL_ID)
    _upload_everything(page)
    page.get_by_label("Số điện thoại di động").fill(PHONE)
    page.get_by_role("button", name="Gửi mã xác nhận").click()
    page.get_by_label("Mã xác nhận gồm 6 số").fill(code_sent_to(portal, PHONE))
    page.get_by_role("button", name="Xác nhận", exact=True).click()
    expect(page.locator("#dien-thoai")).to_contain_text("091••••777")
    page.get_by_role("button", name="Xem lại và nộp").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", name="Đã nộp hồ sơ")).to_be_visible()
    assert_axe(page)
    return page.locator("#dossier-code").inner_text()


def _upload_everything(page: Page) -> None:
    """A file for every component, one after the other."""
    paper = {"name": "giay-to.pdf", "mimeType": "application/pdf", "buffer": a_small_pdf()}
    for slot in page.locator("li.slot").evaluate_all("slots => slots.map(slot => slot.id)"):
        page.set_input_files(f"#{slot} input[type=file]", paper)
        expect(page.locator(f"#{slot} .slot-files").get_by_role("link", name="giay-to.pdf")).to_be_visible()


def _give_back(seat: Seat, dossier: str) -> None:
    """The clerk finds it in the list, reads the paper, and asks for a better one."""
    page = seat.look("/ho-so/truc-tuyen/")
    page.get_by_role("link", name=dossier).click()
    assert_axe(page)
    viewer = page.frame(name="xem-giay-to")
    assert viewer is not None and "/giay-to/" in viewer.url
    page.get_by_text("Yêu cầu bổ sung hồ sơ trực tuyến").first.click()
    form = page.get_by_role("form", name="Yêu cầu bổ sung hồ sơ trực tuyến")
    form.locator("select").first.select_option("unclear")
    form.get_by_label("Lý do yêu cầu bổ sung").fill("Ảnh mờ, xin chụp lại")
    form.get_by_role("button", name="Yêu cầu bổ sung hồ sơ trực tuyến").click()
    expect(page.get_by_text("Đã gửi phiếu yêu cầu bổ sung")).to_be_visible()


def _send_again(portal: RunningPortal, page: Page) -> None:
    _a_minute_passes(portal)
    page.get_by_role("link", name="Bổ sung trực tuyến").click()
    before = code_sent_to(portal, PHONE)
    page.get_by_role("button", name="Gửi mã xác nhận").click()
    code = wait_for(
        lambda: new if (new := code_sent_to(portal, PHONE)) != before else None, within_seconds=20, what="a new code"
    )
    page.get_by_label("Mã xác nhận gồm 6 số").fill(code)
    page.get_by_role("button", name="Xác nhận", exact=True).click()
    expect(page.get_by_text("Ảnh mờ, xin chụp lại")).to_be_visible()
    _upload_everything(page)
    assert_axe(page)
    page.get_by_role("button", name="Gửi giấy tờ bổ sung").click()
    expect(page.locator("#state")).to_have_text("Mới đăng ký")


def _a_minute_passes(portal: RunningPortal) -> None:
    """Another code is sent to a phone only a minute after the last: the last one becomes older."""
    with portal.database():
        from haddong_portal.citizens.models import PhoneChallenge

        PhoneChallenge.objects.update(created_at=F("created_at") - timedelta(minutes=2))


def _accept(seat: Seat, dossier: str) -> None:
    page = seat.look(f"/ho-so/{dossier}/")
    page.get_by_role("button", name="Tiếp nhận hồ sơ trực tuyến").click()
    expect(page.get_by_text("Đã tiếp nhận hồ sơ trực tuyến")).to_be_visible()
    assert_axe(page)


def _see_the_receipt(portal: RunningPortal, page: Page, tracking: str, dossier: str) -> None:
    """The promised date on the tracking page, and the receipt itself behind the proven phone."""
    page.goto(tracking)
    expect(page.locator("#state")).to_have_text("Được tiếp nhận")
    expect(page.locator("#due")).to_be_visible()
    assert_axe(page)
    page.locator("#own-link").click()
    page.get_by_text("Đề nghị rút hồ sơ").first.click()
    assert_axe(page)
    receipt = page.get_by_role("link", name="Giấy tiếp nhận hồ sơ và hẹn trả kết quả").first.get_attribute("href")
    assert receipt
    printed = text_of(page.request.get(portal.url(receipt)).body())
    assert dossier in printed and CITIZEN in printed
