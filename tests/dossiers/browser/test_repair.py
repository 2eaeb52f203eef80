"""A correction in a real browser: the folded form opens by keyboard, and the page says what it said before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from dossiers.models import Dossier
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Post
from haddong_portal.common import clock
from tests.browser import assert_axe
from tests.dossiers.browser.stage import Ward, open_page
from tests.factories import RuleSetFactory
from tests.flows.desk import sit_down
from tests.running import RunningPortal

pytestmark = pytest.mark.browser


def test_a_clerk_puts_a_word_right(running_portal: RunningPortal, browser: Browser) -> None:
    running_portal.manage("load_demo", "--dossiers", "24", "--days", "4", "--json")
    with running_portal.database():
        demo_clerks = Post.objects.filter(role=Role.CLERK, user__username__startswith="mot-cua").select_related("user")
        clerk_of = {post.unit_id: post for post in demo_clerks}
        dossier = Dossier.objects.filter(finished_at=None, receiving_unit__in=clerk_of).order_by("pk").first()
        assert dossier is not None, "the demo leaves work to do"
        clerk = clerk_of[dossier.receiving_unit_id]
    seat = sit_down(running_portal, browser, clerk.user.username)
    page = seat.look(f"/ho-so/{dossier.code}/")
    for fold in ("Việc khác", "Đính chính"):
        page.locator("summary", has_text=fold).first.focus()
        page.keyboard.press("Enter")
    assert_axe(page)
    form = page.get_by_role("form", name="Đính chính")
    form.get_by_label("Đính chính mục").select_option("applicant_name")
    form.get_by_label("Sửa thành").fill("Trần Thị Đúng Tên")
    form.get_by_label("Lý do").fill("Gõ nhầm khi tiếp nhận")
    form.get_by_role("button", name="Đính chính").click()
    card = page.locator("section", has=page.locator("#h-corrections"))
    expect(card.locator("del")).to_have_text(dossier.applicant_name)
    expect(card.locator("ins")).to_have_text("Trần Thị Đúng Tên")
    assert_axe(page)
    page.context.close()


def test_a_clerk_reads_what_the_applicant_will_be_told(running_portal: RunningPortal, browser: Browser) -> None:
    with running_portal.database():
        RuleSetFactory()
        ward = Ward("baotin")
        dossier = Dossier.objects.get(pk=ward.received(at=clock.now() - timedelta(minutes=5)))
    page = open_page(running_portal, browser, "lan.baotin", f"/ho-so/{dossier.code}/")
    for fold in ("Việc khác", "Báo mất giấy tờ"):
        page.locator("summary", has_text=fold).first.focus()
        page.keyboard.press("Enter")
    form = page.get_by_role("form", name="Báo mất giấy tờ")
    told = form.locator("summary", has_text="Sẽ báo cho Trần Văn Tú")
    expect(told).to_contain_text("091••••678")
    told.focus()
    page.keyboard.press("Enter")
    expect(form.get_by_label("Thông báo sẽ gửi")).to_contain_text(dossier.code)
    assert_axe(page)
    page.context.close()
