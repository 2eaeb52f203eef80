"""The process editor by keyboard in a real browser, and every page of it for a screen reader."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Post, Unit, User
from haddong_portal.common import clock
from procedures.models import Delegation, IsoProcess
from tests.browser import assert_axe, assert_nothing_from_outside

if TYPE_CHECKING:
    from tests.running import RunningPortal

PASSPHRASE = "sen-hong-2024"
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def editor(running_portal: RunningPortal) -> str:
    """A catalogue editor beside the shipped catalogue, with a delegation that ends soon."""
    running_portal.manage("load_foundation")
    running_portal.manage("load_catalogue")
    with running_portal.database():
        unit, today = Unit.objects.get(key="van-phong-hdnd-ubnd"), clock.today()
        user = User.objects.create_user("bien-tap.quy-trinh", password=PASSPHRASE, full_name="Vũ Thị Biên")
        Post.objects.create(
            user=user, unit=unit, role=Role.CATALOGUE_EDITOR, title="Biên tập", valid_from=date(2023, 1, 1)
        )
        Delegation.objects.create(
            from_unit=Unit.objects.get(key="quan-ha-dong"),
            to_unit=Unit.objects.get(key="phong-noi-vu"),
            decision_no="99/QĐ-UBND",
            decided_on=today,
            valid_from=today,
            valid_to=today + timedelta(days=9),
            acts=["sign"],
            all_procedures=True,
        )
    return "bien-tap.quy-trinh"


def sign_in(page: Page, portal: RunningPortal, username: str, path: str) -> None:
    page.goto(portal.url(f"/tai-khoan/dang-nhap/?next={path}"))
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path == path)


@pytest.mark.browser
def test_a_next_issue_is_worked_on_by_keyboard(running_portal: RunningPortal, editor: str, page: Page) -> None:
    outside = assert_nothing_from_outside(page, running_portal.base_url)
    with running_portal.database():
        permit = IsoProcess.objects.get(code="QT-XD-01", version=2)
    sign_in(page, running_portal, editor, f"/thu-tuc/quy-trinh/{permit.pk}/")
    expect(page.get_by_role("img", name="11 bước")).to_be_visible()
    assert_axe(page)
    page.get_by_role("button", name="Lập lần ban hành sau").press("Enter")
    expect(page.get_by_role("heading", name="Các bước")).to_be_visible()
    assert_axe(page)

    page.keyboard.press("n")
    expect(page.get_by_label("Tên bước")).to_be_focused()
    assert_axe(page)
    page.keyboard.type("Thông báo cho phường nơi có công trình")
    page.get_by_label("Thời hạn (giờ làm việc)").fill("2")
    page.keyboard.press("Control+Enter")
    row = page.get_by_role("row", name="Thông báo cho phường")
    expect(row).to_contain_text("12")
    findings = page.get_by_role("complementary", name="Kiểm tra và ban hành")
    expect(findings).to_contain_text("process.dead_end")

    page.get_by_role("button", name="Đưa bước 12 lên").press("Enter")
    expect(page.get_by_role("button", name="Đưa bước 11 lên")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Đưa bước 10 lên")).to_be_focused()
    expect(findings).not_to_contain_text("process.dead_end")
    expect(findings).to_contain_text("process.no_role")
    assert outside == []


@pytest.mark.browser
@pytest.mark.parametrize("width", ["phone", "desk"])
def test_every_page_is_readable(running_portal: RunningPortal, editor: str, page: Page, width: str) -> None:
    if width == "phone":
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a typed dict of playwright's own
    with running_portal.database():
        permit = IsoProcess.objects.get(code="QT-XD-01", version=2)
        house, _ = IsoProcess.objects.get_or_create(code="QT-THU-MAN-HINH", name="Quy trình xem thử", level="xa")
        delegation = Delegation.objects.get(decision_no="99/QĐ-UBND")
    sign_in(page, running_portal, editor, "/thu-tuc/quy-trinh/")
    for path in (
        "/thu-tuc/quy-trinh/",
        "/thu-tuc/quy-trinh/moi/",
        f"/thu-tuc/quy-trinh/{permit.pk}/",
        f"/thu-tuc/quy-trinh/{permit.pk}/so-sanh/?lan=1",
        f"/thu-tuc/quy-trinh/{permit.pk}/lich-su/",
        f"/thu-tuc/quy-trinh/{house.pk}/",
        f"/thu-tuc/quy-trinh/{house.pk}/thong-tin/",
        f"/thu-tuc/quy-trinh/{house.pk}/tai-lieu/",
        f"/thu-tuc/quy-trinh/{house.pk}/ban-hanh/",
        f"/thu-tuc/quy-trinh/{house.pk}/buoc/",
        "/thu-tuc/uy-quyen/",
        "/thu-tuc/uy-quyen/moi/",
        f"/thu-tuc/uy-quyen/{delegation.pk}/",
    ):
        page.goto(running_portal.url(path))
        assert_axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth"), path
