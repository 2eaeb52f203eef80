"""The store in a real browser: a person's papers, and a tampered file that is found, mended and proven again."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, expect

from dossiers.papers.constants import OwnerRef, PaperSource, SignatureState, Trust
from dossiers.papers.models import Paper, StoredFile
from dossiers.papers.services.check_file import check_file
from dossiers.papers.services.store_paper import store_paper
from haddong_portal.accounts.constants import Role
from haddong_portal.common.blobs.marks import path_of
from tests.browser import assert_axe
from tests.factories import UnitFactory, make_actor
from tests.flows.desk import sit_down
from tests.papers.conftest import FOLDER, content, data_of, person
from tests.running import RunningPortal

pytestmark = pytest.mark.browser
HEAD_OF_DESK = "truong-mot-cua"
NUMBER = 74_501


def fill(root: Path) -> Path:
    """Three papers of one person, one of them in a file that somebody changed; the path of that file."""
    storage = {"BACKEND": FOLDER, "OPTIONS": {"location": str(root)}}
    with override_settings(STORAGES={**settings.STORAGES, "papers": storage}):
        clerk = make_actor(UnitFactory(ward=True, desk=True, short_name="Phường Kho"), Role.CLERK, "Nguyễn Thị Kho")
        owner = OwnerRef(person_id=person("Đặng Thị Kho", NUMBER).pk)
        birth = data_of(owner, type_code="BIRTH_CERTIFICATE", number="45/2019", fields={}, trust=Trust.SIGNED_ISSUER)
        store_paper(actor=clerk, data=birth, content=content())
        scan = data_of(owner, type_code="BIRTH_NOTICE", fields={}, source=PaperSource.UPLOADED, trust=Trust.DECLARED)
        store_paper(actor=clerk, data=scan, content=content(signature_state=SignatureState.NONE))
        land = data_of(
            owner, type_code="LAND_USE_CERTIFICATE", number="BĐ 123456", fields={}, issuer_name="Quận Hà Đông"
        )
        paper = Paper.objects.get(pk=store_paper(actor=clerk, data=land, content=content()).pk)
        assert paper.current_version
        file = paper.current_version.original
        path = root / path_of(file.mark)
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        path.with_name("whole").write_bytes(whole)
        check_file(file_id=file.pk)
    return path


def test_look_up_a_person_then_mend_a_file(running_portal: RunningPortal, browser: Browser) -> None:
    running_portal.manage("load_demo", "--dossiers", "0", "--json")
    with running_portal.database():
        path = fill(running_portal.folder / "papers" / "store")
        mark = StoredFile.objects.get(mark=path.name).mark[:12]
    seat = sit_down(running_portal, browser, HEAD_OF_DESK)
    page = seat.look("/kho-giay/")
    page.get_by_label("Số định danh cá nhân").fill(f"001090{NUMBER:06d}")
    page.get_by_role("button", name="Xem giấy tờ trong kho").click()
    expect(page.get_by_text("Phải ghi lý do xem").first).to_be_visible()
    page.get_by_label("Lý do xem").fill("Tiếp nhận hồ sơ khai sinh")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Đặng Thị Kho")).to_be_visible()
    expect(page.get_by_text("Tệp trong kho bị hỏng hoặc bị mất")).to_be_visible()
    expect(page.get_by_text("Dùng lại được", exact=True)).to_be_visible()
    assert_axe(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert_axe(page)
    page.get_by_role("link", name="Tệp hỏng").click()
    row = page.get_by_role("row", name=mark)
    expect(row).to_contain_text("Giấy chứng nhận quyền sử dụng đất (Phường Kho)")
    assert_axe(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert_axe(page)
    row.get_by_role("button").click()
    expect(page.get_by_text("Tệp vẫn bị hỏng")).to_be_visible()
    path.write_bytes(path.with_name("whole").read_bytes())
    page.get_by_role("row", name=mark).get_by_role("button").click()
    expect(page.get_by_text("Tệp nguyên vẹn. Giấy tờ dùng lại được.")).to_be_visible()
    expect(page.get_by_role("row", name=mark)).to_have_count(0)
    page.context.close()
