"""The verification page on a phone: by the printed code, by the file; a tampered byte is caught."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect

from dossiers.constants import EventKind
from dossiers.models import DossierEvent
from dossiers.papers.models import VerificationCode
from dossiers.papers.rules.verification_codes import shown_code
from dossiers.papers.services.load_paper_types import load_paper_types
from dossiers.papers.services.reading import read_file
from dossiers.services.issue_result import issue_for_event
from dossiers.services.record_result import ResultData, record_result
from dossiers.services.sign_result import sign_result
from haddong_portal.common import clock
from tests.browser import assert_axe, assert_nothing_from_outside
from tests.dossiers.browser.stage import PHONE, Ward
from tests.dossiers.issuing.conftest import FOLDER, paper_pdf
from tests.running import RunningPortal

pytestmark = pytest.mark.browser


@dataclass
class Issued:
    """A signed result of the running portal."""

    code: str
    file: bytes


@pytest.fixture(scope="module")
def issued(running_portal: RunningPortal) -> Issued:
    running_portal.manage("load_foundation")
    media = running_portal.environment["MEDIA_ROOT"]
    papers = {"BACKEND": FOLDER, "OPTIONS": {"location": f"{media}/store"}}
    storages = {**settings.STORAGES, "papers": papers}
    with (
        running_portal.database(),
        override_settings(MEDIA_ROOT=media, STORAGES=storages, PUBLIC_URL=running_portal.base_url),
    ):
        load_paper_types()
        ward = Ward("xac-thuc")
        running_portal.manage("make_demo_certificates")
        dossier_id = ward.at_signing("Trần Văn Tú")
        sign_result(actor=ward.leader, dossier_id=dossier_id)
        result = ResultData(
            name="Giấy xác nhận", number="12/XN-UBND", file=ContentFile(paper_pdf(), name="ket-qua.pdf")
        )
        record_result(actor=ward.clerk, dossier_id=dossier_id, result=result)
        event = DossierEvent.objects.get(dossier_id=dossier_id, kind=EventKind.RESULT_RECORDED)
        version = issue_for_event(event.pk, now=clock.now())
        assert version is not None and version.signature_state == "VALID"
        code = VerificationCode.objects.get(version=version).code
        return Issued(code, read_file(version.original))


@pytest.fixture
def phone(browser: Browser, running_portal: RunningPortal, issued: Issued) -> Iterator[Page]:
    context = browser.new_context(locale="vi-VN", viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    outside = assert_nothing_from_outside(page, running_portal.base_url)
    page.goto(running_portal.url("/xac-thuc/"))
    yield page
    assert outside == []
    context.close()


def test_by_the_printed_code(phone: Page, issued: Issued) -> None:
    assert_axe(phone)
    phone.get_by_label("Mã xác thực").fill(shown_code(issued.code).lower())
    phone.get_by_role("button", name="Xác thực", exact=True).click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Giấy tờ này là thật")
    expect(phone.get_by_text("12/XN-UBND")).to_be_visible()
    expect(phone.get_by_text("Trần V•• T••")).to_be_visible()
    expect(phone.get_by_text("Chứng thư trình diễn")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_axe(phone)


def test_a_code_nobody_has(phone: Page) -> None:
    phone.get_by_label("Mã xác thực").fill("2222-2222-2222-2222")
    phone.get_by_role("button", name="Xác thực", exact=True).click()

    expect(phone.get_by_text("Không có giấy tờ nào mang mã này").first).to_be_visible()
    assert_axe(phone)


def _upload(phone: Page, file: Path) -> None:
    phone.get_by_label("Tệp giấy tờ điện tử").set_input_files(file)
    phone.get_by_role("button", name="Kiểm tra tệp").click()


def test_by_the_file(phone: Page, issued: Issued, tmp_path: Path) -> None:
    (tmp_path / "ket-qua.pdf").write_bytes(issued.file)
    _upload(phone, tmp_path / "ket-qua.pdf")

    expect(phone.get_by_role("heading", level=1)).to_have_text("Giấy tờ này là thật")
    expect(phone.get_by_text("Trùng từng byte với bản lưu trong kho.")).to_be_visible()
    assert_axe(phone)


def test_a_tampered_byte_is_caught(phone: Page, issued: Issued, tmp_path: Path) -> None:
    at = issued.file.index(b"stream\n", len(issued.file) // 4) + 40
    tampered = issued.file[:at] + bytes([issued.file[at] ^ 1]) + issued.file[at + 1 :]
    (tmp_path / "bi-sua.pdf").write_bytes(tampered)
    _upload(phone, tmp_path / "bi-sua.pdf")

    expect(phone.get_by_role("heading", level=1)).to_have_text("Tệp này không phải bản đã ký")
    expect(phone.get_by_text("Nội dung tệp đã bị sửa sau khi ký.")).to_be_visible()
    assert_axe(phone)
