"""The second visit of the same person: by keyboard alone, nothing that the store holds is asked for again."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, expect

from tests.browser import assert_axe
from tests.flows.desk import Hands, Seat, sit_down
from tests.running import RunningPortal
from tests.scale import PATIENCE

if TYPE_CHECKING:
    from haddong_portal.common.actors import Actor

pytestmark = pytest.mark.browser
CLERK = "lien.pth"
CITIZEN, PERSONAL_ID = "Lưu Thị Giấy Tờ", "001196077001"
CARD = f"{PERSONAL_ID}||{CITIZEN}|15081996|Nữ|Số 9 Hà Cầu, phường Hà Cầu, Hà Đông, Hà Nội|02032022"
CARD_SECONDS_MAX = 60 * PATIENCE
KINDS = ("MARITAL_STATUS", "BIRTH_CERTIFICATE", "MARRIAGE_CERTIFICATE")
LINES = ("FORM", "MARITAL", "BIRTH", "MARRIAGE", "IDENTITY", "RESIDENCE", "BOOK")
_numbers = itertools.count(1)


@contextmanager
def acting(portal: RunningPortal) -> Iterator[None]:
    """In the portal's database, with the portal's own paper storage."""
    place = {**settings.STORAGES["papers"], "OPTIONS": {"location": f"{portal.environment['MEDIA_ROOT']}/store"}}
    with portal.database(), override_settings(STORAGES={**settings.STORAGES, "papers": place}):
        yield


@pytest.fixture(scope="module")
def desk(running_portal: RunningPortal) -> RunningPortal:
    running_portal.manage("load_demo", "--dossiers", "0", "--json")
    return running_portal


def actor_of(username: str) -> Actor:
    from haddong_portal.accounts.models import Post
    from haddong_portal.accounts.selectors.actors import actor_in_post

    post = Post.objects.select_related("unit", "user").get(user__username=username)
    return actor_in_post(post, post.user)


def procedure_at(username: str) -> tuple[str, Any]:
    """A procedure of this clerk's desk whose lines name papers, as the catalogue's readers see it."""
    from haddong_portal.accounts.models import Unit
    from procedures.services.revision import bump_revision
    from tests.dossiers.reuse.conftest import counter_at

    counter = counter_at(Unit.objects.get(pk=actor_of(username).unit_id))
    bump_revision()
    return counter.procedure.procedure.national_code, counter


def store(username: str, kind: str, **changes: Any) -> str:
    """A signed paper of the citizen, brought in by the real service; its number."""
    from dossiers.papers.constants import OwnerRef
    from dossiers.papers.services.store_paper import store_paper
    from tests.papers.conftest import content, data_of

    number = f"{next(_numbers)}/TEST-{hashlib.sha256(kind.encode()).hexdigest()[:6]}"
    words = {"fields": {}, "number": number, "issued_on": date.today() - timedelta(days=40), **changes}  # noqa: DTZ011
    owner = OwnerRef(person_id=citizen_id())
    store_paper(actor=actor_of(username), data=data_of(owner, type_code=kind, **words), content=content(a_pdf()))
    return number


def a_pdf() -> bytes:
    from tests.flows.desk import a_small_pdf

    return a_small_pdf() + f"% {next(_numbers)}".encode()


def citizen_id() -> int:
    from haddong_portal.citizens.services.find_or_create_person import find_or_create_person
    from haddong_portal.common import clock
    from tests.factories import citizen

    data = citizen(CITIZEN, personal_id=PERSONAL_ID, phone="0912000777")
    return find_or_create_person(data=data, now=clock.now())[0].pk


def first_dossier(username: str, counter: Any) -> None:
    """Everything on paper, as the first time."""
    from dossiers.services.receive_dossier import receive_dossier
    from tests.factories import citizen, intake_for

    person = citizen(CITIZEN, personal_id=PERSONAL_ID, phone="0912000777")
    intake = intake_for(counter.procedure, person=person, checklist=counter.answers())
    receive_dossier(actor=actor_of(username), intake=intake, idempotency_key=f"first-{next(_numbers)}")


def open_intake(
    portal: RunningPortal, browser: Browser, username: str, code: str, *, card: str = CARD, cursor: str = "[data-paper]"
) -> Seat:
    """The procedure chosen and the card scanned; the cursor on the first line, for somebody new on the telephone."""
    seat = sit_down(portal, browser, username)
    seat.page.goto(portal.url("/ho-so/tiep-nhan/"))
    with seat.page.expect_navigation():
        seat.page.get_by_role("button", name="Bỏ, nhập hồ sơ khác").click()
    seat.page.wait_for_selector("#procedure-search:focus")
    seat.hands.type(code)
    seat.page.wait_for_selector(f"[data-match='{code}']")
    seat.hands.press("Enter")
    seat.page.wait_for_selector("#card-payload:focus")
    seat.hands.scan(card)
    seat.page.wait_for_selector(f"{cursor}:focus", timeout=CARD_SECONDS_MAX * 1000)
    return seat


def press(hands: Hands, *keys: str) -> None:
    for key in keys:
        hands.press(key)


def test_the_second_dossier_of_the_same_person_needs_no_paper(desk: RunningPortal, browser: Browser) -> None:
    with acting(desk):
        code, counter = procedure_at(CLERK)
        first_dossier(CLERK, counter)
        numbers = [store(CLERK, kind) for kind in KINDS]
    seat = open_intake(desk, browser, CLERK, code)
    page = seat.page
    for number in numbers:
        expect(page.locator("[data-checklist]")).to_contain_text(number)
    assert_axe(page)
    press(seat.hands, "Space")  # the form; then three papers of the store, identity and the book looked up
    press(seat.hands, "d", "d", "d", "m")
    expect(page.locator("[data-paper]").nth(4)).to_have_attribute("data-state", "waived")
    expect(page.locator("[data-paper]").nth(4).locator("[data-lookup-method]")).to_have_value("card_reader")
    page.locator("[data-paper]").nth(6).focus()
    press(seat.hands, "Space")
    expect(page.locator("[data-paper]").nth(6)).to_have_attribute("data-state", "waived")
    assert_axe(page)
    expect(page.locator("#duplicate")).to_be_visible()
    page.locator("#id_confirmed_duplicate").focus()
    press(seat.hands, "Space")
    press(seat.hands, "Control+Enter")
    page.wait_for_selector("#dossier-code")
    made = page.inner_text("#dossier-code").strip()
    with acting(desk):
        from dossiers.models import ChecklistLine
        from dossiers.papers.models import PaperUse

        assert PaperUse.objects.filter(reference=f"dossier:{made}").count() == 3
        states = ChecklistLine.objects.filter(dossier__code=made).order_by("position").values_list("state", flat=True)
        assert list(states) == ["paper", "electronic", "electronic", "electronic", "waived", "missing", "waived"]
    seat.look(f"/ho-so/{made}/")
    viewer = page.locator("iframe[data-viewer]")
    expect(viewer).to_be_hidden()
    seat.tab_to("[data-stored]", at_most=200)
    press(seat.hands, "Enter")
    expect(viewer).to_be_visible()
    page.context.close()


def test_a_paper_taken_although_it_is_held_asks_why_with_one_key(desk: RunningPortal, browser: Browser) -> None:
    with acting(desk):
        code, _ = procedure_at(CLERK)
        store(CLERK, "MARITAL_STATUS")
    seat = open_intake(desk, browser, CLERK, code)
    row = seat.page.locator("[data-paper]").nth(1)
    press(seat.hands, "Space", "Space")
    expect(row.locator("[data-taken]")).to_be_visible()
    expect(row).to_be_focused()
    assert_axe(seat.page)
    press(seat.hands, "2")
    expect(row.locator("[data-taken-key='2']")).to_be_checked()
    expect(seat.page.locator("[data-paper]").nth(2)).to_be_focused()
    seat.page.locator("[data-paper]").nth(5).focus()
    press(seat.hands, "Space")
    expect(seat.page.locator("[data-paper]").nth(5).locator(".paper-reason select")).to_be_focused()
    seat.page.context.close()


def test_what_a_ward_issued_is_used_again_at_the_districts_counter(desk: RunningPortal, browser: Browser) -> None:
    with acting(desk):
        from haddong_portal.accounts.models import Post

        rows = Post.objects.filter(
            role="clerk", unit__level="huyen", unit__has_one_stop_desk=True, valid_to__isnull=True
        )
        district = rows.order_by("pk").values_list("user__username", flat=True).first()
        assert district is not None
        code, _ = procedure_at(district)
        number = store(
            CLERK,
            "BIRTH_CERTIFICATE",
            source="ISSUED",
            trust="SIGNED_ISSUER",
            issuer_name="Ủy ban nhân dân phường Hà Cầu",
        )
    seat = open_intake(desk, browser, district, code)
    row = seat.page.locator("[data-paper]").nth(2)
    expect(row).to_contain_text(number)
    expect(row).to_contain_text("ký số của cơ quan cấp · Ủy ban nhân dân phường Hà Cầu; cơ quan cấp")
    row.focus()
    press(seat.hands, "d")
    expect(row).to_have_attribute("data-state", "electronic")
    seat.page.context.close()
