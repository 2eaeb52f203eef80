"""The signing desk by keyboard and on a phone: one procedure at a time, nothing out of reach for anybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from dossiers.models import Dossier
from haddong_portal.accounts.models import Unit
from tests.browser import assert_axe, assert_nothing_from_outside
from tests.dossiers.browser.stage import PHONE, Ward, open_page
from tests.factories import publish_procedure
from tests.running import RunningPortal

pytestmark = pytest.mark.browser
PATH = "/ho-so/ban-ky/"


@pytest.fixture(scope="module")
def ward(running_portal: RunningPortal) -> Ward:
    running_portal.manage("load_foundation")
    with running_portal.database():
        made = Ward("ban-ky")
        for name in ("Đặng Thị Hòa", "Trần Văn Tú", "Vũ Thị Duyên"):
            made.at_signing(name)
        made.at_signing("Lê Văn Sáu", note="Chưa đủ tuổi kết hôn theo khai sinh", proposal="refuse")
        other = publish_procedure(at=Unit.objects.get(pk=made.unit.pk), name="Đăng ký khai tử")
        made.at_signing("Bùi Thị Sen", procedure=other)
    return made


def statuses(portal: RunningPortal, ward: Ward) -> dict[str, str]:
    with portal.database():
        rows = Dossier.objects.filter(receiving_unit=ward.unit)
        return dict(rows.values_list("applicant_name", "status"))


def test_a_leader_signs_a_procedure_by_keyboard(running_portal: RunningPortal, browser: Browser, ward: Ward) -> None:
    page = open_page(running_portal, browser, "hoa.ban-ky", PATH)
    outside = assert_nothing_from_outside(page, running_portal.base_url)
    page.goto(running_portal.url(PATH))
    assert_axe(page)
    page.keyboard.press("j")
    page.keyboard.press("a")
    count = page.locator("[data-selected-count]")
    expect(count).to_have_text("3")  # the refusal has no box
    page.keyboard.press("Space")
    expect(count).to_have_text("2")
    page.get_by_label("Chọn ").and_(page.locator("[name=chosen]")).last.check()
    expect(count).to_have_text("1")  # another procedure takes the place of the first
    page.get_by_role("row", name="Trần Văn Tú").get_by_role("checkbox").check()
    page.get_by_role("row", name="Vũ Thị Duyên").get_by_role("checkbox").check()
    expect(count).to_have_text("2")
    page.keyboard.press("s")
    expect(page.get_by_text("Đã ký 2 hồ sơ.")).to_be_visible()
    assert_axe(page)
    found = statuses(running_portal, ward)
    assert {name for name, status in found.items() if status == "PROCESSING"} == {"Trần Văn Tú", "Vũ Thị Duyên"}
    assert outside == []


def test_the_desk_on_a_phone_and_a_dossier_that_has_gone(
    running_portal: RunningPortal, browser: Browser, ward: Ward
) -> None:
    page = open_page(running_portal, browser, "hoa.ban-ky", PATH, size=PHONE)
    assert_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("row", name="Đặng Thị Hòa").get_by_role("checkbox").check()
    with running_portal.database():
        Dossier.objects.filter(receiving_unit=ward.unit, applicant_name="Đặng Thị Hòa").update(row_version=99)
    page.get_by_role("button", name="Ký").click()
    report = page.get_by_role("alert").filter(has_text="chưa ký 1")
    expect(report).to_contain_text("dossier.changed")
    assert_axe(page)
