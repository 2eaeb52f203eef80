"""People at work in the flow tests: hands on a keyboard that are counted, eyes that read codes off paper."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import pypdf
import pypdfium2
import zxingcpp
from playwright.sync_api import Browser, BrowserContext, Page

from haddong_portal.accounts.constants import DEMO_PASSPHRASE
from tests.browser import STEP_MILLISECONDS_MAX, assert_axe
from tests.running import RunningPortal

SCAN_DPI = 150
POINTS_PER_INCH = 72


@dataclass
class Hands:
    """A keyboard; every word typed, key pressed and card scanned is one action."""

    page: Page
    actions: list[str] = field(default_factory=list)

    def press(self, key: str) -> None:
        self.actions.append(key)
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.actions.append(f"“{text}”")
        self.page.keyboard.type(text, delay=60)  # slower than any scanner

    def scan(self, payload: str) -> None:
        """What a USB scanner does: types very fast, ends with Enter."""
        self.actions.append("quét")
        self.page.keyboard.type(payload)
        self.page.keyboard.press("Enter")


@dataclass
class Seat:
    """One member of staff at one browser."""

    portal: RunningPortal
    page: Page
    hands: Hands

    def look(self, path: str) -> Page:
        """Open an address; nothing on the page may be out of reach for anybody."""
        self.page.goto(self.portal.url(path))
        assert_axe(self.page)
        return self.page

    def focused(self) -> str:
        """The id of what has the keyboard."""
        return str(self.page.evaluate("document.activeElement.id || document.activeElement.tagName"))

    def tab_to(self, selector: str, *, at_most: int = 60) -> None:
        """Walk with Tab until `selector` has the keyboard."""
        for _ in range(at_most):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} cannot be reached by keyboard on {self.page.url}")


def sit_down(portal: RunningPortal, browser: Browser, username: str) -> Seat:
    """Sign in by keyboard in a browser of one's own."""
    context = browser.new_context(
        locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport={"width": 1280, "height": 900}, accept_downloads=True
    )
    context.set_default_timeout(STEP_MILLISECONDS_MAX)
    page = context.new_page()
    seat = Seat(portal, page, Hands(page))
    seat.look("/tai-khoan/dang-nhap/")
    seat.tab_to("#id_username")
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    seat.tab_to("#id_password")
    page.keyboard.type(DEMO_PASSPHRASE)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/dang-nhap/" not in page.url, page.inner_text("main")
    assert_axe(page)
    return seat


def phone(browser: Browser) -> BrowserContext:
    """A citizen's telephone."""
    context = browser.new_context(
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
    )
    context.set_default_timeout(STEP_MILLISECONDS_MAX)
    return context


def codes_on(pdf: bytes) -> list[str]:
    """The text of every QR code that a camera finds on the first page."""
    page = pypdfium2.PdfDocument(pdf)[0]
    picture = page.render(scale=SCAN_DPI / POINTS_PER_INCH).to_pil()
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def text_of(pdf: bytes) -> str:
    """The words of a PDF, white space collapsed."""
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def a_small_pdf() -> bytes:
    """One blank page."""
    writer, buffer = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(buffer)
    return buffer.getvalue()
