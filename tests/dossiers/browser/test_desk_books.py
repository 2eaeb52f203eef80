"""The desk's money and books in a real browser: no accessibility violation on a desk or a phone, and by keyboard."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from dossiers.models import Charge, Dossier
from dossiers.services.bank_accounts import AccountData, add_bank_account
from dossiers.services.collect_fee import collect_fee
from dossiers.services.request_payment import DutyLine, request_payment
from dossiers.services.take_dossier import take_dossier
from haddong_portal.accounts.constants import Role
from haddong_portal.common import clock
from tests.browser import assert_axe
from tests.dossiers.browser.stage import DESK, PHONE, Ward, open_page
from tests.running import RunningPortal

pytestmark = pytest.mark.browser
SIZES = {"desk": DESK, "phone": PHONE}
# Where to leave a picture of each screen, for whoever wants to look at them.
SHOTS = os.environ.get("SCREENSHOTS", "")


@pytest.fixture(scope="module")
def codes(running_portal: RunningPortal) -> dict[str, str]:
    """A desk with a paid, an owing and a waiting dossier; the code of the last."""
    running_portal.manage("load_foundation")
    with running_portal.database():
        ward, now = Ward("so-tien"), clock.now()
        admin = ward.person("quan", Role.ADMINISTRATOR, "Ngô Thị Quản")
        account = {"bank_bin": "970436", "account_no": "0011001234567", "account_name": "UBND phường"}
        add_bank_account(actor=admin, data=AccountData(unit_id=ward.unit.pk, valid_from=clock.today(), **account))
        paid = ward.received("Nguyễn Thị Thảo Nguyên", at=now - timedelta(minutes=40))
        ward.received("Công Tằng Tôn Nữ Hoàng Anh", at=now - timedelta(minutes=30))
        waiting = ward.received("Trần Văn Tú", at=now - timedelta(minutes=20))
        charge = Charge.objects.get(dossier=paid)
        collect_fee(actor=ward.clerk, dossier_id=paid, charge_ids=[charge.pk])
        take_dossier(actor=ward.officer, dossier_id=waiting)
        tax = DutyLine(kind="tax", label="Lệ phí trước bạ, thuế thu nhập cá nhân", amount_vnd=12_000_000)
        request_payment(actor=ward.officer, dossier_id=waiting, lines=[tax], reason="Thông báo nộp thuế số 214/TB")
        return {"waiting": Dossier.objects.get(pk=waiting).code}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("lan", "/ho-so/chua-thu/"),
        ("lan", "/ho-so/cuoi-ngay/"),
        ("truong", "/ho-so/so-theo-doi/"),
        ("quan", "/ho-so/tai-khoan-thu/"),
        ("lan", "/ho-so/{waiting}/"),
    ],
)
def test_each_screen_is_open_to_everybody(
    who: str, path: str, size: str, codes: dict[str, str], running_portal: RunningPortal, browser: Browser
) -> None:
    page = open_page(running_portal, browser, f"{who}.so-tien", path.format(**codes), size=SIZES[size])
    assert_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{size}-{path.strip('/').split('/')[-1][:12]}.png", full_page=True)


def test_a_day_is_signed_by_keyboard(codes: dict[str, str], running_portal: RunningPortal, browser: Browser) -> None:
    page = open_page(running_portal, browser, "lan.so-tien", "/ho-so/cuoi-ngay/")
    page.get_by_label("Tiền mặt kiểm đếm").focus()
    page.keyboard.type("7000")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("phải ghi lý do").first).to_be_visible()
    page.get_by_label("Lý do chênh lệch").focus()
    page.keyboard.type("Thiếu 1.000 đồng tiền lẻ")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Lệch sổ").first).to_be_visible()
    assert_axe(page)
