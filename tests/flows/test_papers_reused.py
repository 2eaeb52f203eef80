"""A paper that any unit holds is never asked for again: scanned once at a desk, or issued by a ward; real worker."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import assert_axe
from tests.dossiers.browser.test_reuse import CITIZEN, KINDS, acting, actor_of, open_intake, press
from tests.dossiers.browser.test_reuse import procedure_at as procedure_with_papers_at
from tests.dossiers.reuse.conftest import BOOK
from tests.flows.desk import Seat, sit_down
from tests.flows.office import record_the_result, work_until_the_result
from tests.running import RunningPortal

pytestmark = pytest.mark.flow
CLERK = "lien.pth"
WARD_CLERK, WARD_OFFICER, WARD_LEADER = "mot-cua-quang-trung", "can-bo-quang-trung", "lanh-dao-quang-trung"
MARITAL_PROCEDURE = "1.004873"
SINGLE, SINGLE_ID = "Lưu Văn Độc Thân", "001096077002"
SINGLE_CARD = f"{SINGLE_ID}||{SINGLE}|15081996|Nam|Số 3 Quang Trung, phường Quang Trung, Hà Đông, Hà Nội|02032022"
READ_SECONDS = 150
STATES = {"Space": "paper", "d": "electronic", "m": "waived"}
PAPERS = {
    "MARITAL_STATUS": ("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", "Số: 31/UBND-XNTTHN", "Ngày cấp: 02/11/2026"),
    "BIRTH_CERTIFICATE": ("GIẤY KHAI SINH", "Số: 204/1996", "Ngày đăng ký: 20/08/1996"),
    "MARRIAGE_CERTIFICATE": ("GIẤY CHỨNG NHẬN KẾT HÔN", "Số: 77/1994", "Ngày đăng ký: 05/05/1994"),
}


@pytest.fixture(scope="module")
def portal(running_portal: RunningPortal) -> RunningPortal:
    running_portal.manage("load_demo", "--dossiers", "0", "--json")
    running_portal.manage("make_demo_certificates")
    return running_portal


def scanned(kind: str, folder: Path) -> str:
    """The picture of a paper as a scanner leaves it; where."""
    from tests.papers.drawn_pages import jpeg, page

    title, number, day = PAPERS[kind]
    words = ("ỦY BAN NHÂN DÂN PHƯỜNG HÀ CẦU", title, number, f"Họ và tên: {CITIZEN}", day)
    file = folder / f"{kind.lower()}.jpg"
    file.write_bytes(jpeg(page(words, dpi=200, seal=True), dpi=200))
    return str(file)


def sent(seat: Seat) -> str:
    """Ctrl+Enter, past the question about a dossier of the same person; the code."""
    if seat.page.locator("#duplicate").is_visible():
        seat.page.locator("#id_confirmed_duplicate").check()
    press(seat.hands, "Control+Enter")
    seat.page.wait_for_selector("#dossier-code, .field-error, .alert-danger")
    assert seat.page.locator("#dossier-code").count(), seat.page.inner_text("main")
    return seat.page.inner_text("#dossier-code").strip()


def answer(seat: Seat, *keys: str) -> None:
    """The first lines from the top, each seen before the next key: hands, not a scanner. The old book is looked up."""
    rows = seat.page.locator("[data-paper]")
    rows.first.focus()
    for at, key in enumerate(keys):
        press(seat.hands, key)
        expect(rows.nth(at)).to_have_attribute("data-state", STATES[key])
    rows.nth(BOOK).focus()
    press(seat.hands, "Space")
    expect(rows.nth(BOOK)).to_have_attribute("data-state", "waived")


def digitise(seat: Seat, code: str, kind: str, line: int, folder: Path) -> None:
    """One line of the dossier: pages, the worker's reading, the clerk's confirmation, into the store."""
    page = seat.look(f"/ho-so/{code}/so-hoa/")
    page.locator(".scan-line").nth(line).click()
    page.locator("#scan-file").set_input_files(scanned(kind, folder))
    expect(page.locator(".scan-page")).to_have_count(1, timeout=30_000)
    page.get_by_role("button", name="Quét xong").click()
    compared = page.get_by_label("Đã đối chiếu với bản chính")
    expect(compared).to_be_visible(timeout=READ_SECONDS * 1000)
    with page.expect_response(lambda answer: f"/ho-so/{code}/so-hoa/" in answer.url):  # another type, its own fields
        page.get_by_label("Loại giấy tờ").select_option(kind)
    page.wait_for_load_state("networkidle")
    page.get_by_label("Số, ký hiệu", exact=True).fill(PAPERS[kind][1].removeprefix("Số: "))
    page.get_by_label("Họ tên người có tên trên giấy").fill(CITIZEN)
    page.get_by_label("Số định danh").fill("")
    compared.check()
    assert_axe(page)
    page.get_by_role("button", name="Xác nhận, vào kho").click()
    expect(page.get_by_text("Đã số hóa “")).to_be_visible(timeout=30_000)


def test_three_papers_are_digitised_once_and_never_brought_again(
    portal: RunningPortal, browser: Browser, tmp_path: Path
) -> None:
    with acting(portal):
        procedure, _ = procedure_with_papers_at(CLERK)
    seat = open_intake(portal, browser, CLERK, procedure, cursor="#id_phone")
    seat.hands.type("0912000777")
    answer(seat, "Space", "Space", "Space", "Space", "m")
    first = sent(seat)
    with acting(portal):
        from dossiers.papers.models import Paper

        assert not Paper.objects.filter(owner_person__full_name=CITIZEN).exists()
    for line, kind in enumerate(KINDS, start=1):
        digitise(seat, first, kind, line, tmp_path)
    seat.page.context.close()

    again = open_intake(portal, browser, CLERK, procedure)
    for _, number, _ in PAPERS.values():
        expect(again.page.locator("[data-checklist]")).to_contain_text(number.removeprefix("Số: "))
    answer(again, "Space", "d", "d", "d", "m")
    assert_axe(again.page)
    second = sent(again)
    with acting(portal):
        from dossiers.models import ChecklistLine
        from dossiers.papers.models import PaperUse

        uses = PaperUse.objects.filter(reference=f"dossier:{second}").select_related("version__paper__type")
        assert sorted(use.version.paper.type.code for use in uses) == sorted(KINDS)
        assert {use.version.paper.trust for use in uses} == {"SIGNED_DIGITISED"}
        states = ChecklistLine.objects.filter(dossier__code=second).order_by("position").values_list("state", flat=True)
        assert list(states)[1:4] == ["electronic"] * 3
    again.page.context.close()


def test_a_wards_signed_result_is_used_at_the_districts_counter(
    portal: RunningPortal, browser: Browser, tmp_path: Path
) -> None:
    with acting(portal):
        _came_to_the_ward()
        district = _district_clerk()
        procedure, _ = procedure_with_papers_at(district)
        code = _last_code()
    seats = {
        role: sit_down(portal, browser, name)
        for role, name in (("clerk", WARD_CLERK), ("officer", WARD_OFFICER), ("leader", WARD_LEADER))
    }
    work_until_the_result(portal, seats, code)
    record_the_result(portal, seats, code, "91/XN-UBND", tmp_path)

    seat = open_intake(portal, browser, district, procedure, card=SINGLE_CARD)
    row = seat.page.locator("[data-paper]").nth(1)
    expect(row).to_contain_text("91/XN-UBND")
    expect(row).to_contain_text("ký số của cơ quan cấp · Phường Quang Trung")
    answer(seat, "Space", "d", "Space", "Space", "m")
    made = sent(seat)
    with acting(portal):
        from dossiers.models import ResultFile
        from dossiers.papers.models import PaperUse

        use = PaperUse.objects.select_related("unit", "clerk").get(reference=f"dossier:{made}")
        issued = ResultFile.objects.get(dossier__code=code)
        assert use.version_id == issued.paper_version_id
        assert use.unit.level == "huyen" and use.clerk.username == district
    for one in (*seats.values(), seat):
        one.page.context.close()


def _district_clerk() -> str:
    from haddong_portal.accounts.models import Post

    rows = Post.objects.filter(role="clerk", unit__level="huyen", unit__has_one_stop_desk=True, valid_to__isnull=True)
    return str(rows.order_by("pk").values_list("user__username", flat=True)[0])


def _came_to_the_ward() -> None:
    """The citizen asks the ward for a certificate of marital status."""
    from dossiers.services.intake_data import ChecklistAnswer, IntakeData
    from dossiers.services.receive_dossier import receive_dossier
    from procedures.models import PaperRequirement, ProcedureCase
    from tests.factories import citizen

    case = ProcedureCase.objects.filter(version__current_of__national_code=MARITAL_PROCEDURE).order_by("pk")[0]
    papers = PaperRequirement.objects.filter(case=case, is_note=False).exclude(paper_type="RESIDENCE_PROOF")
    intake = IntakeData(
        procedure_id=case.version.procedure_id,
        case_id=case.pk,
        person=citizen(SINGLE, personal_id=SINGLE_ID, phone="0912000778"),
        phone="0912000778",
        checklist=tuple(ChecklistAnswer(paper.pk, paper.name) for paper in papers),
    )
    receive_dossier(actor=actor_of(WARD_CLERK), intake=intake, idempotency_key="asks-the-ward")


def _last_code() -> str:
    from dossiers.models import Dossier

    return str(Dossier.objects.order_by("-pk").values_list("code", flat=True)[0])
