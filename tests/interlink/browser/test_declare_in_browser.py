"""Birth and death declared in a real browser: a card, fields that come and go, the receipt, the page of the citizen."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from interlink.forms.declaration import name_of
from tests.browser import assert_axe
from tests.flows.desk import Seat, sit_down
from tests.interlink.scene import BIRTH, DEATH
from tests.running import RunningPortal

pytestmark = pytest.mark.browser
CLERK = "lien.pth"
NAME, NUMBER = "Đặng Thị Liên Thông", "001196088001"
CARD = f"{NUMBER}||{NAME}|15081996|Nữ|Số 7 Hà Cầu, phường Hà Cầu, Hà Đông, Hà Nội|02032022"
PHONE = {"width": 390, "height": 844}
# What the latest version of the birth group asks beside the pilot's.
ALSO = {"identity_card.wanted": "no", "maternal.wanted": "no"}


@pytest.fixture(scope="module")
def portal(running_portal: RunningPortal) -> RunningPortal:
    running_portal.manage("load_demo", "--dossiers", "0", "--json")
    return running_portal


@pytest.fixture
def seat(portal: RunningPortal, browser: Browser) -> Iterator[Seat]:
    seat = sit_down(portal, browser, CLERK)
    yield seat
    seat.page.context.close()


def keep(page: Page, name: str) -> None:
    """SCREENS_TO=folder keeps a picture of each page, to be looked at."""
    if folder := os.environ.get("SCREENS_TO"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details[data-section]').forEach((part) => { part.open = true; })")


def fill(page: Page, values: Mapping[str, str]) -> None:
    """Every box that is asked for now, as a clerk would."""
    for key, value in values.items():
        box = page.locator(f"#id_{name_of(key)}")
        if box.count() and box.is_visible():
            if box.evaluate("box => box.tagName") == "SELECT":
                box.select_option(value)
            else:
                box.fill(value)


def declare(page: Page) -> None:
    """Ctrl+Enter, and the receipt is there."""
    page.wait_for_load_state("networkidle")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("#case-code")).to_be_visible()


def test_a_birth_is_declared_once_and_followed_on_one_page(portal: RunningPortal, seat: Seat, browser: Browser) -> None:
    page = seat.look("/lien-thong/khai/birth/")
    keep(page, "declare-birth")
    page.locator("#payload-requester").focus()
    seat.hands.scan(CARD)
    expect(page.locator("#id_requester__full_name")).to_have_value(NAME)
    expect(page.locator("#id_requester__personal_id")).to_have_value(NUMBER)
    unfold(page)
    wanted = {key: value for key, value in {**BIRTH, **ALSO}.items() if not key.startswith("requester.")}
    fill(page, {"requester.relation": "Mẹ", "requester.phone": "0912345678", **wanted})
    expect(page.locator("#part-household_head")).to_be_hidden()
    page.locator("#id_residence__parents_own").select_option("no")
    expect(page.locator("#part-household_head")).to_be_visible()
    page.locator("#id_residence__parents_own").select_option("yes")
    page.locator("input[name='paper-birth_notice'][value='paper']").check()
    expect(page.locator("#review")).to_contain_text("0 mục")  # the strip comes back with what was saved
    page.reload()
    expect(page.locator("#id_requester__full_name")).to_have_value(NAME)
    unfold(page)
    assert_axe(page)
    keep(page, "declare-birth-filled")
    declare(page)
    assert_axe(page)
    keep(page, "receipt-birth")
    code = page.locator("#case-code").inner_text()
    seat.look(f"/lien-thong/{code}/")
    keep(page, "case-birth")
    seat.look("/lien-thong/")
    expect(page.get_by_role("link", name=code)).to_be_visible()
    keep(page, "list")
    citizen_follows(portal, browser, code)


def citizen_follows(portal: RunningPortal, browser: Browser, code: str) -> None:
    """On a phone, by code and the phone's last digits."""
    context = browser.new_context(locale="vi-VN", viewport=PHONE)  # type: ignore[arg-type]  # playwright's typed dict
    page = context.new_page()
    page.goto(portal.url("/tra-cuu/lien-thong/"))
    assert_axe(page)
    page.get_by_label("Mã hồ sơ liên thông").fill(code)
    page.get_by_label("4 số cuối").fill("5678")
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_be_visible()
    assert_axe(page)
    assert NAME not in page.content()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    keep(page, "tracking-phone")
    context.close()


def test_a_death_asks_only_what_its_branch_needs(seat: Seat) -> None:
    page = seat.look("/lien-thong/khai/death/")
    unfold(page)
    expect(page.locator("#part-insurance")).to_be_hidden()
    page.locator("#id_allowance__kind").select_option("social_insurance")
    expect(page.locator("#part-insurance")).to_be_visible()
    expect(page.locator("#part-merit")).to_be_hidden()
    fill(page, {**DEATH, "requester.personal_id": NUMBER, "requester.full_name": NAME})
    keep(page, "declare-death")
    declare(page)
    seat.look(f"/lien-thong/{page.locator('#case-code').inner_text()}/")
    keep(page, "case-death")
