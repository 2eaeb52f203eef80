"""The list, one case, operations and the citizen's page: who sees what, in how many statements."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import Actor
from interlink.models import LinkedCase
from interlink.selectors.case_list import case_list
from tests.factories import MORNING, make_actor
from tests.interlink.screens.conftest import PERSONAL_ID, PHONE, OpenSession, make_living_case

pytestmark = pytest.mark.django_db


def text(client: Client, url: str, **data: str) -> str:
    answer = client.get(url, data)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def test_the_list_shows_legs_and_whose_clock_runs(
    living_case: LinkedCase, desk_clerk_lan: Actor, open_session: OpenSession
) -> None:
    page = text(open_session(desk_clerk_lan), reverse("interlink:list"))
    assert living_case.code in page
    assert "quá hạn, đang chờ Công an quận Hà Đông" in page
    assert "Đăng ký khai sinh" in page


@pytest.mark.parametrize(
    ("flag", "shown"), [("", True), ("tre", True), ("dung-lai", True), ("cho-dong-y", False), ("xong", False)]
)
def test_the_filters_keep_what_they_say(
    flag: str, shown: bool, living_case: LinkedCase, desk_clerk_lan: Actor, open_session: OpenSession
) -> None:
    page = text(open_session(desk_clerk_lan), reverse("interlink:list"), loc=flag)
    assert (living_case.code in page) is shown


def test_a_name_is_found_without_diacritics_and_a_strangers_case_is_not(
    living_case: LinkedCase, desk_clerk_lan: Actor, stranger_nga: Actor, open_session: OpenSession
) -> None:
    assert living_case.code in text(open_session(desk_clerk_lan), reverse("interlink:list"), q="trần văn")
    assert living_case.code not in text(open_session(stranger_nga), reverse("interlink:list"))
    assert open_session(stranger_nga).get(reverse("interlink:case", args=[living_case.code])).status_code == 404


def test_pages_follow_one_another_without_a_gap(ward: Unit, desk_clerk_lan: Actor) -> None:
    codes = {make_living_case(ward, f"Người {at}").code for at in range(7)}
    LinkedCase.objects.filter(code=min(codes)).update(group_due_at=None)
    seen: list[str] = []
    cursor = None
    while True:
        page = case_list(actor=desk_clerk_lan, scope="unit", cursor=cursor, limit=3, now=MORNING)
        seen += [row.code for row in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert sorted(seen) == sorted(codes)
    assert seen[-1] == min(codes)


def test_a_life_event_is_counted_once_however_many_legs_it_has(ward: Unit, desk_clerk_lan: Actor) -> None:
    for at in range(3):
        make_living_case(ward, f"Người {at}")
    counts = case_list(actor=desk_clerk_lan, scope="unit", now=MORNING).counts
    assert (counts["events"], counts["exchanges"], counts["dossiers"]) == (3, 3, 0)


def test_the_list_costs_the_same_for_one_case_and_for_many(ward: Unit, desk_clerk_lan: Actor) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            case_list(actor=desk_clerk_lan, scope="unit", now=MORNING)
        return len(asked)

    make_living_case(ward)
    statements()  # reads the calendar, which the process keeps
    few = statements()
    for at in range(20):
        make_living_case(ward, f"Người {at}")
    assert statements() == few <= 12


def test_the_case_tells_its_legs_messages_and_confirmations(
    living_case: LinkedCase, desk_clerk_lan: Actor, open_session: OpenSession
) -> None:
    page = text(open_session(desk_clerk_lan), reverse("interlink:case", args=[living_case.code]))
    for word in ("Đăng ký thường trú", "Ngừng thử", "không kết nối được", "Chủ sở hữu", "Lê Thị Chủ", "Trần Minh An"):
        assert word in page
    assert "001224000001" in page
    assert "Ý kiến đồng ý của chủ sở hữu" in page
    seen = AuditEntry.objects.filter(action="interlink.read", object_id=str(living_case.pk))
    assert seen.count() == 1


def test_oversight_sees_the_case_but_no_number(living_case: LinkedCase, ward: Unit, open_session: OpenSession) -> None:
    inspector = make_actor(ward, Role.INSPECTOR, "Đỗ Thanh Tra")
    page = text(open_session(inspector), reverse("interlink:case", args=[living_case.code]))
    assert PERSONAL_ID not in page
    assert PHONE not in page


def test_operations_list_what_gave_up_and_what_is_late(
    living_case: LinkedCase, ward: Unit, open_session: OpenSession
) -> None:
    head = open_session(make_actor(ward, Role.ONE_STOP_HEAD, "Vũ Trưởng Bộ Phận"))
    for kind in ("ngung-thu", "tre"):
        assert living_case.code in text(head, reverse("interlink:operations"), loc=kind)
    for kind in ("dang-thu-lai", "dung-lai", "chua-nhan"):
        assert living_case.code not in text(head, reverse("interlink:operations"), loc=kind)
    assert head.get(reverse("interlink:operations"), {"sau": "hỏng"}).status_code == 400


def test_the_receipt_is_printed(living_case: LinkedCase, desk_clerk_lan: Actor, open_session: OpenSession) -> None:
    client = open_session(desk_clerk_lan)
    assert "In giấy tiếp nhận" in text(client, reverse("interlink:receipt", args=[living_case.code]))
    pdf = client.get(reverse("interlink:receipt-pdf", args=[living_case.code]))
    assert pdf.content.startswith(b"%PDF")


class TestCitizen:
    def test_the_receipts_code_opens_one_page_without_names(self, living_case: LinkedCase, client: Client) -> None:
        page = text(client, reverse("linked-tracking:link", args=[living_case.tracking_token]))
        assert living_case.code in page
        assert "Đăng ký thường trú" in page
        assert "Trần" not in page
        assert "001224000001" not in page

    def test_code_and_digits_open_it_and_wrong_ones_lock(self, living_case: LinkedCase, client: Client) -> None:
        url = reverse("linked-tracking:look-up")
        right = {"code": living_case.code.upper(), "last_digits": PHONE[-4:]}
        LinkedCase.objects.filter(pk=living_case.pk).update(code=living_case.code.upper())
        assert client.post(url, right).status_code == 200
        wrong = [client.post(url, right | {"last_digits": "0000"}).status_code for _ in range(5)]
        assert wrong == [404] * 5
        assert client.post(url, right).status_code == 429

    def test_another_token_and_another_code_get_the_same_answer(self, client: Client, db: Any) -> None:
        assert client.get(reverse("linked-tracking:link", args=["khong-co"])).status_code == 404
        answer = client.post(reverse("linked-tracking:look-up"), {"code": "X", "last_digits": "1234"})
        assert (answer.status_code, "tracking.no_match" in answer.content.decode()) == (404, True)

    def test_one_address_may_not_try_without_end(self, living_case: LinkedCase, client: Client, settings: Any) -> None:
        settings.LINKED_TRIES_PER_ADDRESS_MAX = 2
        url = reverse("linked-tracking:link", args=[living_case.tracking_token])
        assert [client.get(url).status_code for _ in range(3)] == [200, 200, 429]
