"""The work list: every row once and in order, counts that agree with the lists, names found without diacritics."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from dossiers.models import Dossier
from dossiers.selectors.work_list import work_list
from dossiers.services.take_dossier import take_dossier
from haddong_portal.common.actors import Actor
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import MORNING, PublishedProcedure, citizen, receive

pytestmark = pytest.mark.django_db
ROW = re.compile(r'data-href="[^"]*/([^"/]+)/"')
CHIP = re.compile(r"<span>([^<]+)</span><span class=\"chip-count\">([^<]+)</span>")


def rows(client: Client, query: str = "") -> list[str]:
    return ROW.findall(client.get(reverse("dossiers:work-list") + query).content.decode())


def received(clerk: Actor, procedure: PublishedProcedure, count: int, *, now: datetime = MORNING) -> list[str]:
    start = Dossier.objects.count()
    return [
        receive(clerk, procedure, now=now, person=citizen("Trần Văn Tú", start + at)).code for at in range(1, count + 1)
    ]


def test_pages_hold_every_row_once_and_most_urgent_first(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    late = received(desk_clerk_lan, procedure, 5, now=MORNING + timedelta(days=1))
    soon = received(desk_clerk_lan, procedure, 6)
    seen, cursor = [], None
    while True:
        page = work_list(actor=desk_clerk_lan, scope="unit", cursor=cursor, limit=3, now=MORNING)
        seen += [row.code for row in page.rows]
        assert len(page.rows) <= 3
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == soon + late


def test_a_row_that_comes_between_two_pages_moves_no_other(
    desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    codes = received(desk_clerk_lan, procedure, 6, now=MORNING + timedelta(days=1))
    first = work_list(actor=desk_clerk_lan, scope="unit", limit=3, now=MORNING)
    received(desk_clerk_lan, procedure, 2)
    second = work_list(actor=desk_clerk_lan, scope="unit", limit=3, cursor=first.next_cursor, now=MORNING)
    assert [row.code for row in (*first.rows, *second.rows)] == codes


def test_the_page_leads_to_the_next(
    desk_clerk_lan: Actor, procedure: PublishedProcedure, open_session: OpenSession
) -> None:
    codes = received(desk_clerk_lan, procedure, 53)
    client = open_session(desk_clerk_lan)
    page = client.get(reverse("dossiers:work-list"))
    following = client.get(reverse("dossiers:work-list") + page.context["next_url"])
    assert ROW.findall(page.content.decode()) + ROW.findall(following.content.decode()) == codes
    assert following.context["next_url"] == ""


def test_a_bent_cursor_is_refused_with_its_code(desk_clerk_lan: Actor, open_session: OpenSession) -> None:
    answer = open_session(desk_clerk_lan).get(reverse("dossiers:work-list") + "?sau=hong")
    assert answer.status_code == 400
    assert "list.bad_cursor" in answer.content.decode()


def test_each_chip_counts_what_its_list_shows(
    desk_clerk_lan: Actor, officer_minh: Actor, procedure: PublishedProcedure, open_session: OpenSession
) -> None:
    received(desk_clerk_lan, procedure, 2)
    later = received(desk_clerk_lan, procedure, 3, now=MORNING + timedelta(days=7))
    take_dossier(actor=officer_minh, dossier_id=Dossier.objects.get(code=later[0]).pk)
    with time_machine.travel(MORNING + timedelta(days=7), tick=False):
        client = open_session(officer_minh)
        chips = dict(CHIP.findall(client.get(reverse("dossiers:work-list")).content.decode()))
        assert chips["Quá hạn"] == "2"
        assert chips["Chờ nhận việc"] == "4"
        for label, flag in (("Quá hạn", "qua-han"), ("Sắp đến hạn", "sap-den-han"), ("Chờ nhận việc", "cho-nhan")):
            assert len(rows(client, f"?loc={flag}")) == int(chips[label]), label
        assert rows(client, "?pham-vi=cua-toi") == later[:1]


@pytest.mark.parametrize("words", ["đặng thị hòa", "dang thi hoa", "DANG THI", "hoa"])
def test_a_name_is_found_with_and_without_diacritics(
    words: str, desk_clerk_lan: Actor, procedure: PublishedProcedure, open_session: OpenSession
) -> None:
    found = receive(desk_clerk_lan, procedure, person=citizen("Đặng Thị Hòa", 1)).code
    receive(desk_clerk_lan, procedure, person=citizen("Trần Văn Tú", 2))
    assert rows(open_session(desk_clerk_lan), f"?q={words}") == [found]


def test_a_code_in_the_search_box_opens_its_dossier(
    desk_clerk_lan: Actor, procedure: PublishedProcedure, open_session: OpenSession
) -> None:
    code = receive(desk_clerk_lan, procedure).code
    answer = open_session(desk_clerk_lan).get(reverse("dossiers:find"), {"q": code.lower()})
    assert answer["Location"] == reverse("dossiers:dossier", args=[code])
