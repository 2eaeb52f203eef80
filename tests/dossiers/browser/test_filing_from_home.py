"""A citizen files from a phone: every page within reach, nothing from elsewhere, nothing lost with a closed tab."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dossiers.models import Dossier
from haddong_portal.accounts.models import Unit
from procedures.constants import ServiceLevel
from procedures.models import ProcedureCase, ProcedureVersion
from tests.browser import STEP_MILLISECONDS_MAX, assert_axe, assert_nothing_from_outside
from tests.dossiers.filed import PDF
from tests.factories import PublishedProcedure, RuleSetFactory, UnitFactory, publish_procedure
from tests.running import RunningPortal
from tests.scale import wait_for

pytestmark = pytest.mark.browser
PHONE = "0987000321"


@dataclass
class Offer:
    """What is filed where."""

    procedure: PublishedProcedure
    unit: Unit


@pytest.fixture
def offer(running_portal: RunningPortal) -> Offer:
    with running_portal.database():
        RuleSetFactory()
        ward = UnitFactory(ward=True, desk=True, name="Ủy ban nhân dân phường Nộp Trực Tuyến", short_name="Phường NTT")
        published = publish_procedure(at=ward, name="Cấp bản sao trích lục khai sinh từ nhà")
        ProcedureVersion.objects.filter(pk=published.version.pk).update(service_level=ServiceLevel.FULL)
        ProcedureCase.objects.create(version=published.version, position=2, name="Trường hợp không có giấy tờ")
        return Offer(published, ward)


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone in a citizen's hand."""
    context = browser.new_context(
        locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport={"width": 390, "height": 844}, has_touch=True
    )
    context.set_default_timeout(STEP_MILLISECONDS_MAX)
    yield context
    context.close()


def code_sent_to(portal: RunningPortal, number: str) -> str:
    """The newest code in the gateway's log."""

    def newest() -> str | None:
        lines = portal.notice_file.read_text(encoding="utf-8").splitlines() if portal.notice_file.exists() else []
        texts = [message["text"] for line in lines if (message := json.loads(line))["to"].endswith(number[1:])]
        found = [code for text in texts for code in re.findall(r"\b(\d{3} \d{3})\b", text)]
        return found[-1] if found else None

    return str(wait_for(newest, within_seconds=20, what="the code in the gateway's log"))


def begin(portal: RunningPortal, page: Page, offer: Offer) -> None:
    page.goto(portal.url(f"/thu-tuc/{offer.procedure.procedure.national_code}/"))
    page.get_by_role("link", name="Nộp trực tuyến").last.click()
    page.get_by_label("Trường hợp chung").check()
    assert_axe(page)
    page.get_by_role("button", name="Bắt đầu khai").click()
    expect(page.get_by_role("heading", name="Người đề nghị")).to_be_visible()


def test_from_the_procedures_page_to_a_dossiers_code(
    running_portal: RunningPortal, phone: BrowserContext, offer: Offer
) -> None:
    page = phone.new_page()
    outside = assert_nothing_from_outside(page, running_portal.base_url)
    begin(running_portal, page, offer)
    assert_axe(page)
    page.get_by_label("Họ và tên", exact=False).first.fill("Trần Thị Ở Nhà")
    page.get_by_label("Số định danh cá nhân").fill("001190004321")
    page.get_by_label("Ngày sinh").fill("19/02/1990")
    expect(page.locator("#saved-note")).to_contain_text("Đã lưu lúc")
    first, second = (f"#tep-{paper.pk}" for paper in offer.procedure.papers)
    page.set_input_files(first, {"name": "xau.pdf", "mimeType": "application/pdf", "buffer": b"<script>"})
    expect(page.get_by_role("alert")).to_contain_text("filing.bad_type")
    assert_axe(page)
    page.set_input_files(first, {"name": "to-khai.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(page.get_by_role("link", name="to-khai.pdf")).to_be_visible()
    page.set_input_files(second, {"name": "noi-o.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(page.get_by_role("link", name="noi-o.pdf")).to_be_visible()
    expect(page.locator("#papers-left")).to_contain_text("Đủ giấy tờ bắt buộc")

    address = page.url
    page.close()  # the browser is closed; the form is there again
    page = phone.new_page()
    page.goto(running_portal.url("/nop-ho-so/"))
    assert_axe(page)
    page.get_by_role("link", name="Làm tiếp").first.click()
    assert page.url == address
    expect(page.get_by_label("Số định danh cá nhân")).to_have_value("001190004321")
    page.get_by_label("Số điện thoại di động").fill(PHONE)
    page.get_by_role("button", name="Gửi mã xác nhận").click()
    page.get_by_label("Mã xác nhận gồm 6 số").fill(code_sent_to(running_portal, PHONE))
    assert_axe(page)
    page.get_by_role("button", name="Xác nhận", exact=True).click()
    expect(page.locator("#dien-thoai")).to_contain_text("098••••321")
    page.get_by_role("button", name="Xem lại và nộp").click()
    expect(page.get_by_role("heading", name="Xem lại và nộp")).to_be_visible()
    assert_axe(page)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", name="Đã nộp hồ sơ")).to_be_visible()
    assert_axe(page)
    assert outside == []


def test_by_keyboard_alone_the_fields_and_the_files_are_in_reach(
    running_portal: RunningPortal, phone: BrowserContext, offer: Offer
) -> None:
    page = phone.new_page()
    begin(running_portal, page, offer)
    reached: set[str] = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(str(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")))
    files = {f"tep-{paper.pk}" for paper in offer.procedure.papers}
    assert {"id_full_name", "id_personal_id", "id_phone", "Xem lại và nộp", *files} <= reached


def test_a_film_is_refused_before_it_travels(
    running_portal: RunningPortal, phone: BrowserContext, offer: Offer
) -> None:
    page = phone.new_page()
    begin(running_portal, page, offer)
    travelled: list[str] = []
    page.on("request", lambda request: travelled.append(request.url) if "/giay-to/" in request.url else None)
    page.evaluate("() => { Object.defineProperty(File.prototype, 'size', { value: 99 * 1024 * 1024 }); }")
    slot = f"#giay-{offer.procedure.papers[0].pk}"
    page.set_input_files(f"{slot} input[type=file]", {"name": "phim.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(page.locator(slot)).to_contain_text("filing.too_large")
    assert travelled == []


def test_an_organisation_files_through_its_signer(
    running_portal: RunningPortal, phone: BrowserContext, offer: Offer
) -> None:
    page = phone.new_page()
    begin(running_portal, page, offer)
    expect(page.get_by_label("Mã số thuế")).to_be_hidden()
    page.get_by_label("Tổ chức, doanh nghiệp").check()
    expect(page.get_by_label("Số định danh cá nhân")).to_be_hidden()
    assert_axe(page)
    page.get_by_label("Tên tổ chức").fill("Công ty Cổ phần Dệt Thử")
    page.get_by_label("Mã số thuế").fill("0109876543")
    page.get_by_label("Họ và tên người đại diện ký hồ sơ").fill("Lý Thị Đại Diện")
    page.get_by_label("Số định danh người đại diện").fill("001185004321")
    page.get_by_label("Chức vụ, giấy ủy quyền").fill("Giám đốc")
    expect(page.locator("#saved-note")).to_contain_text("Đã lưu lúc")
    page.set_input_files(
        f"#tep-{offer.procedure.papers[0].pk}", {"name": "don.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    expect(page.get_by_role("link", name="don.pdf")).to_be_visible()
    page.get_by_label("Số điện thoại di động").fill("0987000654")
    page.get_by_role("button", name="Gửi mã xác nhận").click()
    page.get_by_label("Mã xác nhận gồm 6 số").fill(code_sent_to(running_portal, "0987000654"))
    page.get_by_role("button", name="Xác nhận", exact=True).click()
    expect(page.locator("#dien-thoai")).to_contain_text("098••••654")
    page.get_by_role("button", name="Xem lại và nộp").click()
    expect(page.locator("main")).to_contain_text("Lý Thị Đại Diện, Giám đốc")
    assert_axe(page)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", name="Đã nộp hồ sơ")).to_be_visible()
    code = page.locator("#dossier-code").inner_text()
    with running_portal.database():
        dossier = Dossier.objects.select_related("organisation", "representative").get(code=code)
        assert dossier.organisation is not None and dossier.representative is not None
        assert (dossier.organisation.tax_code, dossier.representative.full_name) == ("0109876543", "Lý Thị Đại Diện")
