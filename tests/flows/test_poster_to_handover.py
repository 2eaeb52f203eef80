"""One case from the poster on the wall to the result in the citizen's hand, through the real web, worker and broker."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from haddong_portal.common.dates import due_text
from tests.browser import assert_axe, assert_nothing_from_outside
from tests.flows.desk import Seat, codes_on, phone, sit_down, text_of
from tests.flows.office import record_the_result, work_until_the_result
from tests.running import RunningPortal
from tests.scale import wait_for

PROCEDURE, PROCEDURE_NAME = "1.004873", "Cấp Giấy xác nhận tình trạng hôn nhân"
EARLIER_PROCEDURE = "2.000635"
CLERK, OFFICER, LEADER = "mot-cua-quang-trung", "can-bo-quang-trung", "lanh-dao-quang-trung"
CITIZEN, PERSONAL_ID, PHONE = "Nguyễn Thị Thảo Nguyên", "001196012345", "0912345678"
CARD = f"{PERSONAL_ID}||{CITIZEN}|15081996|Nữ|Số 12 Quang Trung, phường Quang Trung, Hà Đông, Hà Nội|02032022"
ACTIONS_MAX = 15
NOTICE_WITHIN_S = 10
RESULT_NUMBER = "88/XN-UBND"

pytestmark = pytest.mark.flow


@pytest.fixture
def portal(running_portal: RunningPortal) -> RunningPortal:
    """The portal with units, staff, calendar and the shipped catalogue; the citizen has been here once before."""
    running_portal.manage("load_demo", "--dossiers", "0", "--json")
    with running_portal.database():
        _came_before()
    return running_portal


def _came_before() -> None:
    from dossiers.services.intake_data import ChecklistAnswer, IntakeData, PersonData
    from dossiers.services.receive_dossier import receive_dossier
    from haddong_portal.accounts.models import Post
    from haddong_portal.accounts.selectors.actors import actor_in_post
    from procedures.models import PaperRequirement, ProcedureCase

    post = Post.objects.select_related("unit", "user").get(user__username=CLERK)
    case = ProcedureCase.objects.get(version__current_of__national_code=EARLIER_PROCEDURE)
    papers = PaperRequirement.objects.filter(case=case, is_note=False).exclude(paper_type="RESIDENCE_PROOF")
    receive_dossier(
        actor=actor_in_post(post, post.user),
        intake=IntakeData(
            procedure_id=case.version.procedure_id,
            case_id=case.pk,
            person=PersonData(
                full_name=CITIZEN, personal_id=PERSONAL_ID, birth_date=date(1996, 8, 15), sex="Nữ", phone=PHONE
            ),
            phone=PHONE,
            checklist=tuple(ChecklistAnswer(paper.pk, paper.name) for paper in papers),
        ),
        idempotency_key="came-before",
    )


def test_from_the_poster_to_the_hand_over(portal: RunningPortal, browser: Browser, tmp_path: Path) -> None:
    portal.manage("make_demo_certificates")
    handset = phone(browser)
    citizen = handset.new_page()
    outside = assert_nothing_from_outside(citizen, portal.base_url)
    _scan_the_poster(portal, citizen)

    clerk = sit_down(portal, browser, CLERK)
    code = _receive(clerk)
    tracking = _print_the_receipt(portal, clerk, code)
    _follow(citizen, tracking, state="Được tiếp nhận")

    officer, leader = sit_down(portal, browser, OFFICER), sit_down(portal, browser, LEADER)
    seats = {"clerk": clerk, "officer": officer, "leader": leader}
    work_until_the_result(portal, seats, code)
    told_before = _notices(portal, code)
    record_the_result(portal, seats, code, RESULT_NUMBER, tmp_path)
    _result_notice_goes_out(portal, code, told_before)
    _follow(citizen, tracking, state="Đã xử lý xong")

    _hand_over(clerk, code)
    _follow(citizen, tracking, state="Đã trả kết quả")
    _the_story_is_complete(portal, code)
    assert outside == []
    for seat in seats.values():
        seat.page.context.close()
    handset.close()


def _scan_the_poster(portal: RunningPortal, page: Page) -> None:
    """QR on the poster → short link → the procedure's page, on a phone."""
    poster = page.request.get(portal.url(f"/thu-tuc/{PROCEDURE}/ap-phich.pdf"))
    assert poster.ok and PROCEDURE_NAME in text_of(poster.body())
    (link,) = codes_on(poster.body())
    assert link.startswith(f"{portal.base_url}/q/")
    page.goto(link)
    assert page.url.split("?")[0].endswith(f"/thu-tuc/{PROCEDURE}/")
    assert PROCEDURE_NAME in page.inner_text("h1")
    assert "Tờ khai cấp Giấy xác nhận tình trạng hôn nhân" in page.inner_text("main")
    assert_axe(page)
    with portal.database():
        from procedures.models import ScanCount

        assert sum(ScanCount.objects.filter(link__procedure__national_code=PROCEDURE).values_list("count", flat=True))


def _receive(seat: Seat) -> str:
    """The whole intake by keyboard, counted; returns the dossier's code."""
    page, hands = seat.page, seat.hands
    page.keyboard.press("F3")
    page.wait_for_selector("#procedure-search:focus")
    assert_axe(page)
    hands.type("tinh trang hon nhan")
    page.wait_for_selector("[data-match]")
    assert_axe(page)
    hands.press("Enter")
    page.wait_for_selector("#card-payload:focus")
    assert PROCEDURE_NAME in page.inner_text("#h-chosen")
    assert_axe(page)
    hands.scan(CARD)
    page.wait_for_selector("[data-paper]:focus")
    assert page.input_value("#id_full_name") == CITIZEN
    assert page.input_value("#id_phone") == PHONE, "a known citizen's telephone is filled in"
    for _ in range(_required_papers(page)):
        hands.press("Space")
    expect(page.locator("#review")).to_contain_text("0 ô")
    assert_axe(page)
    promised = page.inner_text("#promise")
    hands.press("Control+Enter")
    page.wait_for_selector("#dossier-code")
    assert len(hands.actions) <= ACTIONS_MAX, hands.actions
    assert page.inner_text("#due") == promised
    assert_axe(page)
    return page.inner_text("#dossier-code").strip()


def _required_papers(page: Page) -> int:
    """How many lines stand at the top before the last one that must be there."""
    lines = page.locator("[data-paper]").all()
    needed = [index for index, line in enumerate(lines, start=1) if "nếu có" not in line.inner_text()]
    return needed[-1]


def _print_the_receipt(portal: RunningPortal, seat: Seat, code: str) -> str:
    """Words and code of the printed receipt; returns the tracking address in its QR code."""
    answer = seat.page.request.get(portal.url(f"/ho-so/{code}/giay-tiep-nhan.pdf"))
    assert answer.ok and answer.headers["content-type"] == "application/pdf"
    text = text_of(answer.body())
    with portal.database():
        from dossiers.models import Dossier

        dossier = Dossier.objects.get(code=code)
    assert dossier.due_at is not None
    hour, day = f"{dossier.due_at:%H:%M}", due_text(dossier.due_at)
    for expected in (code, CITIZEN, "GIẤY TIẾP NHẬN HỒ SƠ", PROCEDURE_NAME, day.split(", ")[1]):
        assert expected in text, (expected, text, hour)
    (link,) = [text for text in codes_on(answer.body()) if "/tra-cuu/" in text]  # beside the survey's code
    assert link.startswith(f"{portal.base_url}/tra-cuu/")
    return link


def _follow(page: Page, link: str, *, state: str) -> None:
    """The tracking page says where the case stands and when it is promised, and never whose it is."""
    page.goto(link)
    assert page.inner_text("#state").strip() == state
    text = page.inner_text("body")
    assert "Hẹn trả kết quả" in text
    html = page.content()
    for secret in (CITIZEN, PERSONAL_ID, PHONE, "Thảo Nguyên"):
        assert secret not in html
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    assert_axe(page)


def _notices(portal: RunningPortal, code: str) -> list[dict[str, str]]:
    if not portal.notice_file.exists():
        return []
    lines = portal.notice_file.read_text(encoding="utf-8").splitlines()
    return [line for line in map(json.loads, lines) if code in line["text"] or code in line["subject"]]


def _result_notice_goes_out(portal: RunningPortal, code: str, before: list[dict[str, str]]) -> None:
    """The worker sends it within ten seconds of the result, to the telephone given at the desk."""
    notice = wait_for(
        lambda: next((one for one in _notices(portal, code) if one not in before), None),
        within_seconds=NOTICE_WITHIN_S,
        what="the notice that the result is there",
    )
    assert notice["to"].replace("+84", "0") == PHONE
    assert len(before) == 1, "the receipt was told, too"


def _settle_fees(page: Page) -> None:
    """What is owed is paid in cash; an amount that the catalogue leaves open is set first."""
    if page.get_by_text("chưa rõ số tiền").count():
        amount = page.get_by_role("form", name="Ghi số tiền")
        amount.locator("summary").click()
        amount.get_by_label("Số tiền").fill("8000")
        amount.get_by_label("Căn cứ").fill("Một bản")
        with page.expect_navigation():
            amount.get_by_role("button", name="Ghi số tiền").click()
    collect = page.get_by_role("form", name="Thu phí, lệ phí")
    if collect.count():
        assert_axe(page)
        with page.expect_navigation():
            collect.get_by_role("button", name="Thu phí, lệ phí").click()
        assert "biên lai số" in page.inner_text("main")


def _hand_over(seat: Seat, code: str) -> None:
    """The clerk finds the result, checks who collects, has it signed for on the pad."""
    page = seat.look("/ho-so/tra-ket-qua/")
    assert CITIZEN in page.inner_text("main")
    page.get_by_role("link", name=code).click()
    _settle_fees(page)
    form = page.locator("form.act").filter(has=page.get_by_label("Người nhận"))
    assert form.get_by_label("Người nhận", exact=False).first.input_value() == CITIZEN
    form.get_by_label("Số định danh người nhận").fill(PERSONAL_ID)
    form.get_by_label("Ký trên bảng điện tử").check()
    pad = form.locator("[data-signature] canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 40 + 25 * step, box["y"] + 60 + (30 if step % 2 else -20))
    page.mouse.up()
    assert_axe(page)
    with page.expect_navigation():
        form.get_by_role("button", name="Trả kết quả").press("Enter")
    assert page.locator(".alert-danger").count() == 0, page.inner_text("main")
    assert "Đã trả cho" in page.inner_text("main")
    assert_axe(page)


def _the_story_is_complete(portal: RunningPortal, code: str) -> None:
    with portal.database():
        from dossiers.constants import EventKind
        from dossiers.models import DossierEvent, HandOver

        kinds = list(DossierEvent.objects.filter(dossier__code=code).order_by("id").values_list("kind", flat=True))
        given = HandOver.objects.get(dossier__code=code)
    kinds = [kind for kind in kinds if kind not in (EventKind.PAYMENT_RECORDED, EventKind.CHARGE_AMOUNT_SET)]
    assert kinds[0] == EventKind.RECEIVED
    assert kinds[-3:] == [EventKind.TAKEN, EventKind.RESULT_RECORDED, EventKind.HANDED_OVER]
    middle = kinds[1:-3]
    assert middle[::2] == [EventKind.TAKEN] * (len(middle) // 2)
    assert middle[1::2] == [EventKind.STEP_FINISHED] * (len(middle) // 2 - 1) + [EventKind.SIGNED]
    assert given.collector_id == PERSONAL_ID
    assert given.signature_svg.startswith("M")
