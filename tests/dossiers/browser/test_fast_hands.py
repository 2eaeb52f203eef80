"""The intake page under fast hands on a slow network: what a clerk presses is never lost to a late answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.flows.desk import Hands, sit_down
from tests.running import RunningPortal

pytestmark = pytest.mark.browser
CLERK = "lien.pth"
MARRIAGE_STATUS, STATUS_NAME = "tinh trang hon nhan", "Cấp Giấy xác nhận tình trạng hôn nhân"
PICK, PERSON, SAVE = "/thu-tuc/", "/nguoi-nop/", "/luu/"
CITIZEN = "Đỗ Thị Hải Yến"
CARD = f"001196054321||{CITIZEN}|15081996|Nữ|Số 7 Hà Cầu, phường Hà Cầu, Hà Đông, Hà Nội|02032022"
AUTOSAVE_FALLS_DUE_MS = 1200
SCANNED = "card => document.dispatchEvent(new CustomEvent('portal:scan', {detail: {payload: card, source: 'camera'}}))"
MARKED = "[data-match][aria-selected='true']"


class Network:
    """Holds the requests whose path ends with a given end, until they are let through."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.end, self.method = "nothing", ""
        self.held: list[Route] = []
        page.route("**", self._meet)

    def _meet(self, route: Route) -> None:
        path = route.request.url.split("?")[0]
        if path.endswith(self.end) and route.request.method == self.method:
            self.held.append(route)
        else:
            route.continue_()

    def hold(self, end: str, method: str = "POST") -> None:
        """From now on."""
        self.end, self.method = end, method

    def wait_for_one(self) -> None:
        """Until something is held."""
        for _ in range(500):
            if self.held:
                return
            self.page.wait_for_timeout(20)
        raise AssertionError("nothing was asked for")

    def let_through(self) -> None:
        """What is held and all that follows."""
        self.end = "nothing"
        for route in self.held:
            route.continue_()
        self.held.clear()


@pytest.fixture(scope="module")
def desk(running_portal: RunningPortal) -> RunningPortal:
    """Units, staff and the shipped catalogue, no dossier."""
    running_portal.manage("load_demo", "--dossiers", "0", "--json")
    return running_portal


@pytest.fixture
def clerk(desk: RunningPortal, browser: Browser) -> Iterator[Hands]:
    """At an empty intake page, the cursor in the search box."""
    seat = sit_down(desk, browser, CLERK)
    seat.page.goto(desk.url("/ho-so/tiep-nhan/"))
    with seat.page.expect_navigation():
        seat.page.get_by_role("button", name="Bỏ, nhập hồ sơ khác").click()
    seat.page.wait_for_selector("#procedure-search:focus")
    yield seat.hands
    seat.page.context.close()


@pytest.fixture
def network(clerk: Hands) -> Network:
    return Network(clerk.page)


def search(clerk: Hands, words: str = MARRIAGE_STATUS) -> None:
    """Type, and see the first match marked."""
    clerk.type(words)
    clerk.page.wait_for_selector(MARKED)


def pick(clerk: Hands) -> None:
    """The whole choice, undisturbed."""
    search(clerk)
    clerk.press("Enter")
    clerk.page.wait_for_selector("#card-payload:focus")


def chosen(page: Page, name: str = STATUS_NAME) -> None:
    """The procedure stands on the page, and no match is left over."""
    expect(page.locator("#h-chosen")).to_have_text(name)
    expect(page.locator("[data-match]")).to_have_count(0)


def test_a_pick_outlives_the_autosave_that_falls_due_meanwhile(clerk: Hands, network: Network) -> None:
    network.hold(PICK)
    search(clerk)
    clerk.press("Enter")
    network.wait_for_one()
    clerk.page.wait_for_timeout(AUTOSAVE_FALLS_DUE_MS)
    network.let_through()
    clerk.page.wait_for_selector("#card-payload:focus")
    chosen(clerk.page)


def test_a_pick_waits_for_the_autosave_that_is_on_its_way(clerk: Hands, network: Network) -> None:
    network.hold(SAVE)
    clerk.page.locator("#id_full_name").fill(CITIZEN)
    network.wait_for_one()
    clerk.page.locator("#procedure-search").focus()
    search(clerk)
    clerk.press("Enter")
    clerk.page.wait_for_timeout(AUTOSAVE_FALLS_DUE_MS)
    network.let_through()
    clerk.page.wait_for_selector("#card-payload:focus")
    chosen(clerk.page)


def test_enter_picks_what_is_marked_though_a_newer_search_is_on_its_way(clerk: Hands, network: Network) -> None:
    search(clerk)
    clerk.press("ArrowDown")
    marked = clerk.page.inner_text(f"{MARKED} .match-name")
    assert marked != STATUS_NAME
    network.hold(PICK, "GET")
    clerk.type(" xin")
    network.wait_for_one()
    clerk.press("Enter")
    network.let_through()
    clerk.page.wait_for_selector("#card-payload:focus")
    clerk.page.wait_for_timeout(AUTOSAVE_FALLS_DUE_MS)
    chosen(clerk.page, marked)


def test_matches_that_come_between_enter_and_the_answer_change_nothing(clerk: Hands, network: Network) -> None:
    network.hold(PICK)
    search(clerk)
    clerk.type("x")
    clerk.press("Enter")
    clerk.page.wait_for_timeout(AUTOSAVE_FALLS_DUE_MS)
    network.let_through()
    clerk.page.wait_for_selector("#card-payload:focus")
    chosen(clerk.page)


def test_enter_before_the_matches_came_takes_a_code_but_no_guess(clerk: Hands, network: Network) -> None:
    network.hold(PICK, "GET")
    clerk.type(MARRIAGE_STATUS)
    clerk.press("Enter")
    network.wait_for_one()
    network.let_through()
    clerk.page.wait_for_selector(MARKED)
    assert clerk.page.locator("#h-chosen").count() == 0
    clerk.press("Control+a")
    network.hold(PICK, "GET")
    clerk.type("1.004873")
    clerk.press("Escape")
    clerk.press("Enter")
    network.wait_for_one()
    network.let_through()
    clerk.page.wait_for_selector("#card-payload:focus")
    chosen(clerk.page)


def test_a_card_scanned_before_the_pick_is_answered_fills_the_person(clerk: Hands, network: Network) -> None:
    network.hold(PICK)
    search(clerk)
    clerk.press("Enter")
    network.wait_for_one()
    clerk.page.evaluate(SCANNED, CARD)
    network.let_through()
    expect(clerk.page.locator("#id_full_name")).to_have_value(CITIZEN)
    chosen(clerk.page)


def test_a_scan_outlives_the_autosave_that_falls_due_meanwhile(clerk: Hands, network: Network) -> None:
    pick(clerk)
    network.hold(PERSON)
    clerk.scan(CARD)
    network.wait_for_one()
    clerk.page.wait_for_timeout(AUTOSAVE_FALLS_DUE_MS)
    before = clerk.page.inner_text("#review")
    network.let_through()
    expect(clerk.page.locator("#id_full_name")).to_have_value(CITIZEN)
    chosen(clerk.page)
    expect(clerk.page.locator("#review")).not_to_have_text(before, use_inner_text=True)


def test_another_case_outlives_the_autosave_and_keeps_the_cursor(clerk: Hands, network: Network) -> None:
    pick(clerk)
    network.hold(PICK)
    clerk.page.get_by_label("Chưa từng kết hôn").focus()
    clerk.press("ArrowDown")
    network.wait_for_one()
    clerk.page.wait_for_timeout(AUTOSAVE_FALLS_DUE_MS)
    network.let_through()
    papers = clerk.page.locator("[data-checklist]")
    expect(papers).to_contain_text("ly hôn")
    expect(clerk.page.get_by_label("Đã ly hôn")).to_be_checked()
    expect(clerk.page.get_by_label("Đã ly hôn")).to_be_focused()


def test_what_is_typed_while_an_answer_is_awaited_stays(clerk: Hands, network: Network) -> None:
    pick(clerk)
    network.hold(PERSON)
    clerk.scan(CARD)
    network.wait_for_one()
    clerk.page.locator("#id_phone").focus()
    clerk.type("0912345678")
    network.let_through()
    expect(clerk.page.locator("#id_full_name")).to_have_value(CITIZEN)
    expect(clerk.page.locator("#id_phone")).to_have_value("0912345678")
