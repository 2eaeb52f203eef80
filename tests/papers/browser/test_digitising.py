"""Digitising in a real Chromium: by camera, by dropped and chosen files, by keyboard alone, past a dead worker."""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dossiers.models import ChecklistLine, Dossier
from dossiers.papers.constants import ScanState
from dossiers.papers.imaging.ocr import missing_tools
from dossiers.papers.models import Paper, ScanItem, ScanPage
from haddong_portal.common import clock
from haddong_portal.notices.constants import NoticeState
from haddong_portal.notices.models import Notice
from tests.browser import assert_axe, launch_flags, need_chromium
from tests.dossiers.browser.stage import DESK, PHONE, Ward, open_page
from tests.papers.drawn_pages import BIRTH_CERTIFICATE, jpeg, page
from tests.running import RunningPortal
from tests.scale import wait_for

pytestmark = pytest.mark.browser
HOLDER = "Nguyễn Thị Thu Hường"
READ_SECONDS = 150
expect.set_options(timeout=30_000)  # a page is checked, trimmed and sealed before it is shown


@pytest.fixture(scope="module")
def ward(running_portal: RunningPortal) -> Ward:
    running_portal.manage("load_foundation")
    with running_portal.database():
        return Ward("quet")


@pytest.fixture(scope="module")
def camera(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium whose camera sees a birth certificate on a dark desk."""
    frame = page(dpi=200, desk=True, seal=True).crop((0, 0, 1984, 2688))  # the fake camera takes even sides only
    film = tmp_path_factory.mktemp("camera") / "giay.mjpeg"
    film.write_bytes(jpeg(frame, dpi=200) * 3)
    fake = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
    flags = launch_flags(*fake, f"--use-file-for-fake-video-capture={film}")
    chromium = browser.browser_type.launch(executable_path=need_chromium(), args=flags)
    yield chromium
    chromium.close()


def received(portal: RunningPortal, ward: Ward, name: str = HOLDER) -> tuple[str, list[ChecklistLine]]:
    """A dossier's code and its lines."""
    with portal.database():
        dossier = Dossier.objects.get(pk=ward.received(name, at=clock.now()))
        return dossier.code, list(ChecklistLine.objects.filter(dossier=dossier).order_by("position"))


def scans(portal: RunningPortal, line: ChecklistLine) -> list[ScanItem]:
    with portal.database():
        return list(ScanItem.objects.filter(line_id=line.pk).exclude(state=ScanState.DISCARDED))


def drop(tab: Page, *files: tuple[str, str, bytes]) -> None:
    """Let go of files over the page, as a hand does."""
    packed = [{"name": name, "type": kind, "data": base64.b64encode(data).decode()} for name, kind, data in files]
    tab.evaluate(
        """files => {
          const held = new DataTransfer();
          for (const file of files) {
            const bytes = Uint8Array.from(atob(file.data), letter => letter.charCodeAt(0));
            held.items.add(new File([bytes], file.name, { type: file.type }));
          }
          const place = document.querySelector("#scan");
          place.dispatchEvent(new DragEvent("dragover", { dataTransfer: held, bubbles: true, cancelable: true }));
          place.dispatchEvent(new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }));
        }""",
        packed,
    )


def seen(tab: Page, name: str) -> None:
    """Keep a picture for eyes, where somebody wants one."""
    folder = os.environ.get("SCREENS")
    if folder:
        tab.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def small(words: str) -> bytes:
    return jpeg(page((words,), dpi=80), dpi=80)


def test_a_telephones_camera_brings_a_paper_into_the_store(
    running_portal: RunningPortal, ward: Ward, camera: Browser
) -> None:
    code, lines = received(running_portal, ward)
    tab = open_page(running_portal, camera, "lan.quet", f"/ho-so/{code}/so-hoa/", size=PHONE)
    assert_axe(tab)
    tab.get_by_role("button", name="Chụp bằng camera").click()
    shoot = tab.get_by_role("button", name="Chụp trang")
    expect(shoot).to_be_focused()
    wide = "document.querySelector('#scan-camera video').videoWidth"
    wait_for(lambda: tab.evaluate(wide) > 1000, within_seconds=30, what="the camera's picture")
    seen(tab, "phone-camera")
    tab.keyboard.press("Enter")
    expect(tab.locator(".scan-page")).to_have_count(1)
    expect(shoot).to_be_focused()
    tab.get_by_role("button", name="Chụp lại trang vừa rồi").click()
    expect(tab.locator(".scan-page")).to_have_count(0)
    expect(shoot).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator(".scan-page")).to_have_count(1)
    assert_axe(tab)
    seen(tab, "phone-captured")
    tab.reload()
    expect(tab.locator(".scan-page")).to_have_count(1)
    tab.get_by_role("button", name="Quét xong").click()
    number = tab.get_by_label("Số, ký hiệu")
    expect(number).to_be_visible(timeout=READ_SECONDS * 1000)
    assert_axe(tab)
    seen(tab, "phone-confirm")
    if not missing_tools():
        expect(number).to_have_value("123/2019")
        expect(tab.get_by_label("Loại giấy tờ")).to_have_value("BIRTH_CERTIFICATE")
        expect(tab.get_by_label("Số định danh")).to_have_value("001190004567")
    assert scans(running_portal, lines[0])[0].page_count_declared == 1


def test_dropped_files_go_up_one_by_one_and_a_bad_one_stops_nothing(
    running_portal: RunningPortal, ward: Ward, browser: Browser
) -> None:
    code, _ = received(running_portal, ward, "Trần Văn Tú")
    tab = open_page(running_portal, browser, "lan.quet", f"/ho-so/{code}/so-hoa/", size=DESK)
    drop(
        tab,
        ("trang 1.jpg", "image/jpeg", small("Trang một")),
        ("trang 10.jpg", "image/jpeg", small("Trang mười")),
        ("trang 2.jpg", "image/jpeg", b"khong phai anh"),
    )
    expect(tab.locator(".scan-page")).to_have_count(2)
    expect(tab.locator(".is-refused")).to_contain_text("Mã: file.")
    assert_axe(tab)
    seen(tab, "desk-dropped")
    tab.get_by_role("button", name="Đã biết").click()
    first = tab.locator(".scan-page img").first
    before = first.get_attribute("src") or ""
    tab.get_by_role("button", name="Đưa trang 2 lên trước").click()
    expect(first).not_to_have_attribute("src", before)  # drawn again: what is typed from here on stays
    tab.get_by_label("Giấy có mấy trang?").fill("3")
    tab.get_by_role("button", name="Quét xong").click()
    expect(tab.locator(".toast")).to_contain_text("scan.page_count")


def test_by_keyboard_alone_from_the_receipt_to_the_store(
    running_portal: RunningPortal, ward: Ward, browser: Browser, tmp_path: Path
) -> None:
    code, lines = received(running_portal, ward, "Lê Thị Bình")
    tab = open_page(running_portal, browser, "lan.quet", f"/ho-so/{code}/giay-tiep-nhan/", size=DESK)
    tab.keyboard.press("s")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Số hóa giấy tờ")
    scan = tmp_path / "quet.jpg"
    scan.write_bytes(jpeg(page(("GIẤY KHAI SINH", "Số: 88/2021", "Họ và tên: Lê Thị Bình"), dpi=200), dpi=200))
    with tab.expect_file_chooser() as chooser:
        tab.keyboard.press("t")
    chooser.value.set_files(str(scan))
    expect(tab.locator(".scan-page")).to_have_count(1)
    tab.keyboard.press("Control+Enter")
    expect(tab.get_by_label("Đã đối chiếu với bản chính")).to_be_visible(timeout=READ_SECONDS * 1000)
    expect(tab.locator(".scan-sheets img")).to_have_js_property("complete", value=True)
    seen(tab, "desk-confirm")
    assert_axe(tab)
    tab.get_by_label("Loại giấy tờ").focus()
    tab.keyboard.type("Giấy khai sinh")
    tab.get_by_label("Đã đối chiếu với bản chính").focus()
    tab.keyboard.press("Space")
    tab.keyboard.press("Control+Enter")
    expect(tab.get_by_text("Đã số hóa “")).to_be_visible()
    assert_axe(tab)
    seen(tab, "desk-done")
    with running_portal.database():
        line = ChecklistLine.objects.get(pk=lines[0].pk)
        assert line.digitised_paper_id is not None
        assert Paper.objects.get(pk=line.digitised_paper_id).owner_person_id is not None


def test_a_worker_killed_in_the_middle_loses_nothing(
    running_portal: RunningPortal, ward: Ward, browser: Browser
) -> None:
    code, lines = received(running_portal, ward, "Phạm Văn Cường")
    tab = open_page(running_portal, browser, "lan.quet", f"/ho-so/{code}/so-hoa/", size=DESK)
    drop(tab, *((f"{n}.jpg", "image/jpeg", jpeg(page(BIRTH_CERTIFICATE, dpi=150, skew=n), dpi=150)) for n in (1, 2)))
    expect(tab.locator(".scan-page")).to_have_count(2)
    tab.keyboard.press("Control+Enter")
    wait_for(
        lambda: scans(running_portal, lines[0])[0].state == ScanState.WORKING, within_seconds=60, what="the worker"
    )
    os.killpg(running_portal.processes["reader"].pid, 9)
    running_portal.stop("reader")
    running_portal.start_reader()
    assert scans(running_portal, lines[0])[0].state == ScanState.WORKING
    seen(tab, "desk-busy")
    with running_portal.database():
        # What the clock does once the dead worker has been silent long enough.
        ScanItem.objects.filter(line_id=lines[0].pk).update(touched_at=clock.now() - timedelta(hours=1))
    running_portal.manage("shell", "-c", "from dossiers.papers.tasks import sweep_waiting_scans; sweep_waiting_scans()")
    wait_for(
        lambda: scans(running_portal, lines[0])[0].state == ScanState.READY, within_seconds=READ_SECONDS, what="reading"
    )
    expect(tab.get_by_label("Số, ký hiệu")).to_be_visible()
    with running_portal.database():
        assert ScanPage.objects.filter(item__line_id=lines[0].pk).count() == 2


QUEUE_NOTICE = """
from tests.notices.outbox import queue_result_ready
queue_result_ready(reference="while-reading", rule="while-reading", now=None)
"""


@pytest.mark.skipif(bool(missing_tools()), reason="reading takes no time without tesseract and ghostscript")
def test_a_message_goes_out_while_a_book_is_being_read(
    running_portal: RunningPortal, ward: Ward, browser: Browser
) -> None:
    code, lines = received(running_portal, ward, "Đặng Thị Sổ")
    tab = open_page(running_portal, browser, "lan.quet", f"/ho-so/{code}/so-hoa/", size=DESK)
    drop(tab, *((f"{n}.jpg", "image/jpeg", jpeg(page(BIRTH_CERTIFICATE, dpi=200, skew=n), dpi=200)) for n in range(8)))
    expect(tab.locator(".scan-page")).to_have_count(8)
    tab.get_by_label("Giấy có mấy trang?").fill("8")
    tab.keyboard.press("Control+Enter")
    reading = wait_for(
        lambda: scans(running_portal, lines[0])[0].state == ScanState.WORKING, within_seconds=60, what="the reader"
    )
    assert reading
    running_portal.manage("shell", "--no-imports", "-c", QUEUE_NOTICE)
    wait_for(lambda: sent(running_portal, "while-reading"), within_seconds=10, what="the message")
    assert scans(running_portal, lines[0])[0].state == ScanState.WORKING, "the message waited for the book"


def sent(portal: RunningPortal, rule: str) -> bool:
    with portal.database():
        return Notice.objects.filter(rule=rule, state=NoticeState.SENT).exists()


def test_without_a_secure_page_the_camera_says_why(running_portal: RunningPortal, ward: Ward, browser: Browser) -> None:
    code, _ = received(running_portal, ward, "Vũ Thị Duyên")
    tab = open_page(running_portal, browser, "lan.quet", f"/ho-so/{code}/so-hoa/", size=DESK)
    tab.evaluate("Object.defineProperty(window, 'isSecureContext', { value: false })")
    tab.keyboard.press("c")
    expect(tab.locator("[data-camera-note]")).to_contain_text("HTTPS")


def test_an_old_book_from_its_files_to_the_first_entry(
    running_portal: RunningPortal, ward: Ward, browser: Browser, tmp_path: Path
) -> None:
    tab = open_page(running_portal, browser, "lan.quet", "/so-hoa/", size=DESK)
    assert_axe(tab)
    tab.get_by_label("Tên sổ").fill("Sổ đăng ký khai sinh quyển 02")
    tab.get_by_label("Loại giấy tờ").select_option("BIRTH_CERTIFICATE")
    tab.get_by_role("button", name="Mở đợt").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("quyển 02")
    buffer = io.BytesIO()
    page(dpi=100).save(buffer, "PDF", resolution=100)
    drop(tab, ("1.pdf", "application/pdf", buffer.getvalue()), ("2.jpg", "image/jpeg", small("Hai")))
    expect(tab.locator("tbody tr")).to_have_count(2)
    tab.locator("#enter-next").wait_for(timeout=READ_SECONDS * 1000)
    assert_axe(tab)
    seen(tab, "book")
    tab.keyboard.press("e")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Nhập giấy số 1")
    assert_axe(tab)
    seen(tab, "book-entry")
