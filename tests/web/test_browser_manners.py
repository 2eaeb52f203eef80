"""The browser modules: hotkeys, rows, scanner, once, refusals, camera; each as a clerk's hands would do it."""

from __future__ import annotations

from pathlib import Path

import pytest
import qrcode
from playwright.sync_api import Browser, BrowserType, Page, expect

from haddong_portal.assets.paths import VENDOR
from tests.browser import launch_flags, need_chromium
from tests.web import urls

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not VENDOR.is_dir(), reason="static_vendor is not built: run `make assets`"),
]
RECEIPT = "https://motcua.hadong.example/q/K7F2M9"
CARD = "001099012345|012345678|Nguyễn Thị Lan|01021999|Nữ|Hà Đông|01012022"


@pytest.fixture
def bench(page: Page, frame_url: str) -> Page:
    urls.sent.clear()
    urls.refused.clear()
    page.goto(f"{frame_url}/bench/")
    page.wait_for_load_state("networkidle")
    return page


def scan(page: Page, text: str) -> None:
    """A wedge scanner: all keys in one breath, then Enter."""
    for letter in text:
        page.keyboard.type(letter)
    page.keyboard.press("Enter")


def test_a_scan_away_from_any_field_sends_the_waiting_form(bench: Page) -> None:
    scan(bench, RECEIPT)
    bench.wait_for_url("**/take/**")
    assert urls.sent == [RECEIPT]


def test_letters_of_a_scan_press_no_hotkey(bench: Page) -> None:
    scan(bench, "sjx/" + RECEIPT)
    bench.wait_for_url("**/take/**")
    assert urls.sent == ["sjx/" + RECEIPT]
    assert urls.refused == []


def test_a_letter_that_was_no_scan_still_presses_its_hotkey(bench: Page) -> None:
    bench.keyboard.press("s")
    expect(bench.locator("#toasts")).to_contain_text("dossier.moved_on")


def test_a_scan_into_a_field_leaves_the_field_as_it_was(bench: Page) -> None:
    bench.evaluate(
        """() => { window.heard = new Promise(done =>
            document.addEventListener('card-scan', event => { event.preventDefault(); done(event.detail); })); }"""
    )
    bench.fill("#name", "Lan")
    bench.wait_for_timeout(600)
    bench.focus("#name")
    bench.keyboard.press("End")
    bench.wait_for_timeout(600)
    scan(bench, CARD)
    assert bench.evaluate("() => window.heard") == {"payload": CARD, "source": "keyboard"}
    assert bench.input_value("#name") == "Lan"
    assert urls.sent == []


def test_slow_typing_with_enter_is_no_scan(bench: Page) -> None:
    bench.focus("#name")
    bench.keyboard.type("Nguyễn", delay=250)
    bench.keyboard.press("Enter")
    expect(bench.locator("#answer")).to_have_text("đã nhận")
    assert urls.sent == ["Nguyễn"]


def test_pressing_twice_sends_once(bench: Page) -> None:
    bench.fill("#name", "Lan")
    bench.evaluate("() => { const button = document.getElementById('send'); button.click(); button.click(); }")
    expect(bench.locator("#answer")).to_have_text("đã nhận")
    assert urls.sent == ["Lan"]


def test_control_enter_sends_from_inside_a_field(bench: Page) -> None:
    bench.fill("#name", "Lan")
    bench.press("#name", "Control+Enter")
    expect(bench.locator("#answer")).to_have_text("đã nhận")
    assert bench.get_attribute("#send", "aria-keyshortcuts") == "Control+Enter"


def test_a_refusal_is_a_toast_with_its_code_and_moves_nothing(bench: Page) -> None:
    bench.keyboard.press("F2")
    expect(bench.locator("#toasts")).to_contain_text("Hồ sơ đã được người khác chuyển bước.")
    expect(bench.locator("#toasts")).to_contain_text("Mã: dossier.moved_on")
    expect(bench.locator("#answer")).to_have_text("")


def test_rows_by_keyboard(bench: Page) -> None:
    bench.keyboard.press("j")
    bench.keyboard.press("j")
    bench.keyboard.press("x")
    expect(bench.locator("[data-selected-count]")).to_have_text("1")
    expect(bench.locator("[data-bulk]")).to_be_visible()
    assert "is-selected" in (bench.locator("tr").nth(1).get_attribute("class") or "")
    bench.keyboard.press("k")
    bench.keyboard.press("Enter")
    assert bench.url.endswith("#mot")


def test_letters_typed_into_a_field_are_letters(bench: Page) -> None:
    bench.focus("#name")
    bench.keyboard.type("jx", delay=80)
    assert bench.input_value("#name") == "jx"
    assert bench.locator("tr.is-current").count() == 0


def test_without_a_secure_context_the_camera_says_that_typing_works(browser: Browser, frame_url: str) -> None:
    context = browser.new_context()
    context.add_init_script("Object.defineProperty(window, 'isSecureContext', {value: false})")
    page = context.new_page()
    page.goto(f"{frame_url}/bench/")
    page.click("[data-camera-toggle]")
    expect(page.locator("[data-camera-note]")).to_contain_text("HTTPS")
    expect(page.locator("[data-camera-note]")).to_contain_text("bằng bàn phím")
    context.close()


def moving_picture_of(text: str, target: Path) -> None:
    """A raw video (YUV4MPEG2) of one still picture: a QR code on white, as a phone held still would see it."""
    code = qrcode.make(text, box_size=8, border=6).convert("L")
    width, height = 640, 480
    left, top = (width - code.width) // 2, (height - code.height) // 2
    luma = bytearray(b"\xeb" * (width * height))
    for row in range(code.height):
        line = code.crop((0, row, code.width, row + 1)).tobytes()
        luma[(top + row) * width + left : (top + row) * width + left + code.width] = line
    frame = b"FRAME\n" + bytes(luma) + b"\x80" * (width * height // 2)
    target.write_bytes(f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 10)


def test_the_camera_reads_a_receipt_under_the_strict_policy(browser: Browser, frame_url: str, tmp_path: Path) -> None:
    video = tmp_path / "receipt.y4m"
    moving_picture_of(RECEIPT, video)
    chromium: BrowserType = browser.browser_type
    flags = launch_flags(
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={video}",
    )
    urls.sent.clear()
    with chromium.launch(executable_path=need_chromium(), args=flags) as seeing:
        page = seeing.new_page(permissions=["camera"])
        page.goto(f"{frame_url}/bench/")
        page.click("[data-camera-toggle]")
        page.wait_for_url("**/take/**", timeout=30_000)
    assert urls.sent == [RECEIPT]
