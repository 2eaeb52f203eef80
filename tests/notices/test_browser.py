"""The notices' screens in a real browser: call list by keyboard and on a phone, editor, dead list, bell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from haddong_portal.accounts.constants import Role, UnitKind, UnitLevel
from haddong_portal.accounts.models import Post, Unit, User
from haddong_portal.common import clock
from haddong_portal.notices.constants import CallState, NoticeEvent, NoticeState
from haddong_portal.notices.models import CallTask, Notice
from haddong_portal.notices.services.queue_call import queue_call
from haddong_portal.notices.services.queue_staff_notice import queue_staff_notice
from tests.browser import STEP_MILLISECONDS_MAX, assert_axe, assert_nothing_from_outside
from tests.notices.outbox import FACTS, queue_result_ready
from tests.running import RunningPortal

pytestmark = pytest.mark.browser

PASSPHRASE = "sen-hong-2024"
STAFF = {"lan.goi": (Role.CLERK, "Nguyễn Thị Lan"), "truong.goi": (Role.ONE_STOP_HEAD, "Đỗ Văn Trường")}
PEOPLE = ("Trần Văn Tú", "Lê Thị Bưởi", "Phạm Quốc Cường", "Vũ Thị Duyên")


@pytest.fixture(scope="module")
def portal(running_portal: RunningPortal) -> RunningPortal:
    """A ward of its own, with a clerk, a head of the desk, and four people who wait."""
    with running_portal.database():
        unit = Unit.objects.create(
            key="phuong-goi-dien",
            name="Ủy ban nhân dân phường Gọi",
            short_name="Phường Gọi",
            kind=UnitKind.WARD,
            level=UnitLevel.WARD,
            has_one_stop_desk=True,
            valid_from=date(2023, 1, 1),
        )
        for username, (role, name) in STAFF.items():
            user = User.objects.create_user(username, password=PASSPHRASE, full_name=name)
            Post.objects.create(user=user, unit=unit, role=role, title=role.label, valid_from=date(2023, 1, 1))
        for number, name in enumerate(PEOPLE):
            _waits(unit, number, name)
    return running_portal


def _waits(unit: Unit, number: int, name: str) -> None:
    waiting_since = clock.now() - timedelta(days=9 - number)
    facts = {**FACTS, "name": name, "code": f"000.18.01.H26-240215-{number:04d}", "count": "3"}
    queue_call(
        reference=f"called:{number}",
        rule="uncollected_3",
        unit_id=unit.pk,
        recipient_name=name,
        phone=f"091234567{number}",
        facts=facts,
        waiting_since=waiting_since,
        due_on=waiting_since.date(),
    )


@pytest.fixture
def open_as(portal: RunningPortal, browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page of a person who has just signed in; `width` of a phone if wished."""
    made: list[BrowserContext] = []

    def opened(username: str, path: str, *, width: int = 1280) -> Page:
        context = browser.new_context(locale="vi-VN", viewport={"width": width, "height": 900})
        context.set_default_timeout(STEP_MILLISECONDS_MAX)
        made.append(context)
        page = context.new_page()
        page.goto(portal.url(f"/tai-khoan/dang-nhap/?next={quote(path)}"))
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(PASSPHRASE)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: urlsplit(url).path == urlsplit(path).path)
        return page

    yield opened
    for context in made:
        context.close()


def task_of(portal: RunningPortal, name: str) -> CallTask:
    with portal.database():
        return CallTask.objects.get(recipient_name=name)


def test_the_call_list_works_by_keyboard_alone(portal: RunningPortal, open_as: Callable[..., Page]) -> None:
    page = open_as("lan.goi", "/thong-bao/goi-dien/")
    outside = assert_nothing_from_outside(page, portal.base_url)
    assert_axe(page)
    dialled: list[str] = []
    page.expose_function("noteDial", lambda address: dialled.append(address))
    page.evaluate(
        "document.addEventListener('click', event => { const link = event.target.closest('[data-dial]');"
        " if (link) { event.preventDefault(); window.noteDial(link.href); } }, true)"
    )
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="0912 345 670")).to_be_visible()
    page.wait_for_function("document.activeElement.matches('[data-row]')")
    assert dialled == ["tel:0912345670"]
    assert_axe(page)
    page.keyboard.press("1")
    expect(page.get_by_role("region").get_by_text("Trần Văn Tú: đã nghe máy")).to_be_visible()
    page.wait_for_function("document.activeElement.textContent.includes('Lê Thị Bưởi')")
    page.keyboard.press("2")
    expect(page.get_by_role("region").get_by_text("Lê Thị Bưởi: không liên lạc được; gọi lại từ")).to_be_visible()
    page.wait_for_function("document.activeElement.textContent.includes('Phạm Quốc Cường')")
    page.keyboard.press("3")
    expect(page.get_by_label("Hẹn ngày đến của Phạm Quốc Cường")).to_be_focused()
    tomorrow = clock.today() + timedelta(days=1)
    page.get_by_label("Hẹn ngày đến của Phạm Quốc Cường").fill(tomorrow.isoformat())
    page.keyboard.press("Enter")
    expect(page.get_by_role("region").get_by_text("Phạm Quốc Cường: hẹn ngày đến; gọi lại từ")).to_be_visible()
    assert_axe(page)
    assert outside == []
    assert task_of(portal, "Trần Văn Tú").state == CallState.DONE
    assert task_of(portal, "Lê Thị Bưởi").misses == 1
    assert task_of(portal, "Phạm Quốc Cường").due_on >= tomorrow


def test_the_call_list_fits_a_phone(portal: RunningPortal, open_as: Callable[..., Page]) -> None:
    page = open_as("truong.goi", "/thong-bao/goi-dien/", width=375)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_text("Lời gọi", exact=True).last.click()
    expect(page.get_by_text("Kính chào ông/bà Vũ Thị Duyên")).to_be_visible()
    page.get_by_role("button", name="Gọi Vũ Thị Duyên").click()
    expect(page.get_by_role("link", name="0912 345 673")).to_be_visible()
    assert_axe(page)


def test_the_editor_shows_what_people_will_read_while_it_is_typed(
    portal: RunningPortal, open_as: Callable[..., Page]
) -> None:
    page = open_as("truong.goi", "/thong-bao/mau/")
    assert_axe(page)
    page.locator("a[href='/thong-bao/mau/due_date_moved/sms/']").click()
    sample = page.locator("#sample")
    expect(sample).to_contain_text("tin SMS")
    page.get_by_label("Nội dung").fill("UBND xin loi. Hen lai: {amount}")
    expect(sample).to_contain_text("notice.unknown_placeholder")
    page.get_by_label("Nội dung").fill("Xin loi ve ho so {code}. Ly do: to khai sai.")
    expect(sample).to_contain_text("1 tin SMS")
    expect(sample).to_contain_text("000.18.01.H26-240219-0007")
    assert_axe(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đã lưu mẫu thông báo.")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Đỗ Văn Trường")
    page.get_by_role("button", name="Trở lại lời văn ban đầu").click()
    expect(page.get_by_label("Nội dung")).to_have_value(shipped_text())
    page.get_by_role("button", name="Khôi phục").last.click()
    expect(page.get_by_label("Nội dung")).to_have_value("Xin loi ve ho so {code}. Ly do: to khai sai.")
    assert_axe(page)


def shipped_text() -> str:
    from haddong_portal.notices.selectors.templates import shipped_words

    return shipped_words("due_date_moved", "sms").body


def test_the_dead_list_sends_everything_shown_again(portal: RunningPortal, open_as: Callable[..., Page]) -> None:
    with portal.database():
        unit_id = Unit.objects.get(key="phuong-goi-dien").pk
        dead = [
            queue_result_ready(reference=f"dead:{n}", unit_id=unit_id, recipient_name=PEOPLE[n], now=clock.now())
            for n in range(3)
        ]
        Notice.objects.filter(pk__in=dead).update(
            state=NoticeState.GAVE_UP, sent_at=None, last_error="HTTP 503: quá tải", gateway="http_sms", attempts=40
        )
    page = open_as("truong.goi", "/thong-bao/?trang-thai=gave_up&su-kien=result_ready")
    expect(page.get_by_role("link", name="Không gửi được 3")).to_be_visible()
    assert_axe(page)
    page.get_by_role("button", name="Gửi lại 3 thông báo đang hiện").click()
    expect(page.get_by_text("Đã đưa 3 thông báo vào hàng đợi gửi lại.")).to_be_visible()
    expect(page.get_by_text("Không có thông báo nào ở đây")).to_be_visible()
    assert urlsplit(page.url).query == "trang-thai=gave_up&su-kien=result_ready"
    with portal.database():
        assert not Notice.objects.filter(pk__in=dead, state=NoticeState.GAVE_UP).exists()


def test_the_bell_counts_opens_and_is_read(portal: RunningPortal, open_as: Callable[..., Page]) -> None:
    facts = {**FACTS, "link": "/thong-bao/goi-dien/"}
    with portal.database():
        user = User.objects.get(username="lan.goi")
        for number in range(3):
            queue_staff_notice(
                user_id=user.pk,
                reference=f"bell:{number}",
                rule="reminder_due_today",
                event=NoticeEvent.REMINDER_DUE_TODAY,
                facts={**facts, "code": f"000.18.01.H26-240215-{number:04d}"},
            )
    page = open_as("lan.goi", "/thong-bao/cua-toi/")
    expect(page.locator(".bell-count")).to_have_text("3")
    assert_axe(page)
    page.locator("[data-bell]").focus()
    page.keyboard.press("Enter")
    menu = page.locator(".bell-body")
    expect(menu.get_by_text("Đến hạn hôm nay: hồ sơ 000.18.01.H26-240215-0002")).to_be_visible()
    assert_axe(page)
    page.set_viewport_size({"width": 375, "height": 800})
    box = menu.bounding_box()
    assert box is not None
    assert box["x"] >= 0 and box["x"] + box["width"] <= 375
    menu.get_by_role("button", name="000.18.01.H26-240215-0002").click()
    page.wait_for_url(lambda url: urlsplit(url).path == "/thong-bao/goi-dien/")
    expect(page.locator(".bell-count")).to_have_text("2")
    page.goto(portal.url("/thong-bao/cua-toi/"))
    page.get_by_role("button", name="Đánh dấu tất cả đã đọc").click()
    expect(page.get_by_text("Đã đánh dấu 2 tin là đã đọc.")).to_be_visible()
    expect(page.locator(".bell-count")).to_have_count(0)
