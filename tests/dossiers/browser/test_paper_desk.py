"""The staff's pages around citizens' papers: verify a phone, attach a shared paper, read the figures; within reach."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from dossiers.models import Dossier
from dossiers.papers.constants import UsePurpose
from dossiers.papers.models import PaperType, TakenAnyway
from dossiers.papers.services.load_paper_types import load_paper_types
from haddong_portal.accounts.constants import Role
from haddong_portal.citizens.constants import FallbackReason, LookUpMethod
from haddong_portal.citizens.models import ResidenceLookUp
from haddong_portal.common import clock
from tests.browser import assert_axe
from tests.dossiers.browser.stage import Ward, open_page
from tests.factories import RuleSetFactory
from tests.running import RunningPortal

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def code(running_portal: RunningPortal) -> str:
    """A dossier whose papers went wrong twice."""
    with running_portal.database():
        RuleSetFactory()
        load_paper_types()
        ward, now = Ward("giaytoquay"), clock.now()
        ward.person("thanhtra", Role.INSPECTOR, "Vũ Văn Thanh Tra")
        dossier = Dossier.objects.get(pk=ward.received(at=now))
        assert dossier.person_id is not None
        who = {"person_id": dossier.person_id, "clerk_id": ward.clerk.user_id, "unit_id": ward.unit.pk}
        about = {"reference": f"dossier:{dossier.code}", "at": now}
        kind = PaperType.objects.get(code="MARRIAGE_CERTIFICATE")
        TakenAnyway.objects.create(type=kind, reason="Bản trong kho mờ", **who, **about)
        ResidenceLookUp.objects.create(
            method=LookUpMethod.FALLBACK,
            purpose=UsePurpose.INTAKE.label,
            fallback_reason=FallbackReason.NETWORK,
            read_at=now,
            **who,
            **about,
        )
        return dossier.code


def test_the_desk_verifies_a_phone_and_finds_the_code_field(
    running_portal: RunningPortal, browser: Browser, code: str
) -> None:
    page = open_page(running_portal, browser, "lan.giaytoquay", f"/ho-so/{code}/dien-thoai/")
    assert_axe(page)
    page.get_by_label("Số di động của chính người nộp").fill("0987000987")
    page.get_by_role("button", name="Đã xem máy, xác nhận luôn").click()
    expect(page.get_by_text("Đã xác nhận: 098••••987")).to_be_visible()
    assert_axe(page)
    page.goto(running_portal.url(f"/ho-so/{code}/chia-se/"))
    page.get_by_label("Mã chia sẻ").fill("0000000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("share.no_match")
    assert_axe(page)
    page.context.close()


def test_the_inspector_reads_the_exceptions_behind_the_figures(
    running_portal: RunningPortal, browser: Browser, code: str
) -> None:
    page = open_page(running_portal, browser, "thanhtra.giaytoquay", "/kho-giay/so-lieu/")
    assert_axe(page)
    page.get_by_role("link", name="Báo cáo ngoại lệ").click()
    expect(page.get_by_text("Bản trong kho mờ")).to_be_visible()
    expect(page.get_by_text(code).first).to_be_visible()
    assert_axe(page)
    page.context.close()
