"""Members of staff: told under the bell and by mail, once a day each; nobody sees another's messages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from haddong_portal.accounts.models import User
from haddong_portal.accounts.sessions import LOCKED_KEY
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound
from haddong_portal.notices.constants import NoticeEvent, NoticeState
from haddong_portal.notices.models import Notice
from haddong_portal.notices.selectors.bell import message_page, unread_count, unread_messages
from haddong_portal.notices.selectors.notices import NoticeFilter, notice_page
from haddong_portal.notices.services.open_message import open_message
from haddong_portal.notices.services.queue_staff_notice import queue_staff_notice
from haddong_portal.notices.services.read_messages import read_messages
from tests.notices.outbox import NOW

pytestmark = pytest.mark.django_db

FACTS = {
    "code": "000.18.01.H26-240215-0001",
    "procedure": "Đăng ký khai sinh",
    "due": "thứ Năm, 15/02/2024, trước 17:00",
    "unit": "UBND phường Văn Quán",
    "link": "/ho-so/000.18.01.H26-240215-0001/",
}


def tell(actor: Actor, **changes: Any) -> list[int]:
    arguments: dict[str, Any] = {
        "user_id": actor.user_id,
        "reference": "dossier:1",
        "rule": "reminder_due_today",
        "event": NoticeEvent.REMINDER_DUE_TODAY,
        "facts": FACTS,
        "unit_id": actor.unit_id,
        "now": NOW,
    }
    return queue_staff_notice(**{**arguments, **changes})


def channels(notice_ids: list[int]) -> list[str]:
    return list(Notice.objects.filter(pk__in=notice_ids).order_by("pk").values_list("channel", flat=True))


@pytest.mark.parametrize(
    ("email", "phone", "expected"),
    [
        ("minh@example.vn", "0912345678", ["portal", "email"]),
        ("", "0912345678", ["portal", "sms"]),
        ("", "024 3382 4567", ["portal"]),  # a landline takes no text message
        ("", "", ["portal"]),
    ],
)
def test_the_bell_always_rings_and_mail_goes_before_the_telephone(
    officer_minh: Actor, email: str, phone: str, expected: list[str]
) -> None:
    User.objects.filter(pk=officer_minh.user_id).update(email=email, phone=phone)
    assert channels(tell(officer_minh)) == expected


def test_two_people_are_told_of_the_same_thing_and_each_once_a_day(officer_minh: Actor, leader_hoa: Actor) -> None:
    assert tell(officer_minh)
    assert tell(leader_hoa)
    assert tell(officer_minh) == []
    assert tell(officer_minh, now=NOW + timedelta(days=1))


def test_a_closed_account_is_not_told(officer_minh: Actor) -> None:
    User.objects.filter(pk=officer_minh.user_id).update(is_active=False)
    assert tell(officer_minh) == []
    assert tell(officer_minh, user_id=0) == []


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("/ho-so/x/", "/ho-so/x/"),
        ("http://testserver/ho-so/x/", "/ho-so/x/"),
        ("https://evil.example/x", ""),
        ("//evil.example/x", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_the_bell_leads_nowhere_but_into_the_portal(officer_minh: Actor, link: str, path: str) -> None:
    tell(officer_minh, facts={**FACTS, "link": link})
    assert unread_messages(officer_minh)[0].link == path


def test_a_mail_carries_the_full_address(officer_minh: Actor) -> None:
    User.objects.filter(pk=officer_minh.user_id).update(email="minh@example.vn")
    mail = Notice.objects.get(pk=tell(officer_minh)[1])
    assert f"http://testserver{FACTS['link']}" in mail.body
    assert mail.state == NoticeState.QUEUED


def test_messages_are_one_persons_own(officer_minh: Actor, leader_hoa: Actor, desk_clerk_lan: Actor) -> None:
    (notice_id,) = tell(officer_minh)
    assert (unread_count(officer_minh), unread_count(leader_hoa)) == (1, 0)
    with pytest.raises(NotFound, match=r"notice\.not_found"):
        open_message(actor=leader_hoa, notice_id=notice_id)
    assert read_messages(actor=leader_hoa) == 0
    assert open_message(actor=officer_minh, notice_id=notice_id) == FACTS["link"]
    assert (unread_count(officer_minh), len(message_page(actor=officer_minh).rows)) == (0, 1)
    assert notice_page(actor=desk_clerk_lan, wanted=NoticeFilter()).rows == []


def test_all_are_marked_as_read_at_once(officer_minh: Actor) -> None:
    for number in range(3):
        tell(officer_minh, reference=f"dossier:{number}")
    assert read_messages(actor=officer_minh, now=NOW) == 3
    assert unread_messages(officer_minh) == []


def test_pages_follow_each_other_without_gap(officer_minh: Actor) -> None:
    ids = [tell(officer_minh, reference=f"dossier:{number}")[0] for number in range(55)]
    first = message_page(actor=officer_minh)
    second = message_page(actor=officer_minh, before=first.next_cursor)
    assert [row.pk for row in first.rows + second.rows] == sorted(ids, reverse=True)
    assert second.next_cursor is None


# --- the screens


@pytest.fixture
def seat(officer_minh: Actor, sign_in: Callable[[Actor], Client]) -> Client:
    return sign_in(officer_minh)


def test_the_header_asks_for_the_number_by_itself(officer_minh: Actor, seat: Client) -> None:
    page = seat.get(reverse("notices:messages")).content.decode()
    assert f'hx-get="{reverse("notices:bell-count")}" hx-trigger="load, every 60s"' in page
    assert seat.get(reverse("notices:bell-count")).content.decode().strip() == ""
    tell(officer_minh)
    assert "1 tin chưa đọc" in seat.get(reverse("notices:bell-count")).content.decode()
    assert "Đến hạn hôm nay" in seat.get(reverse("notices:bell-menu")).content.decode()


def test_the_number_is_silent_while_the_screen_is_locked(officer_minh: Actor, seat: Client) -> None:
    tell(officer_minh)
    session = seat.session
    session[LOCKED_KEY] = True
    session.save()
    assert seat.get(reverse("notices:bell-count")).status_code == 204
    assert seat.get(reverse("notices:bell-menu"), headers={"HX-Request": "true"}).status_code == 401


def test_asking_for_the_number_keeps_no_session_awake(seat: Client) -> None:
    from haddong_portal.common import clock

    with time_machine.travel(clock.now(), tick=False) as hand:
        seat.get(reverse("notices:messages"))
        for _ in range(16):
            hand.shift(timedelta(minutes=1))
            last = seat.get(reverse("notices:bell-count")).status_code
        assert last == 204
        assert seat.get(reverse("notices:messages")).status_code == 302


def test_opening_a_message_goes_where_it_leads(officer_minh: Actor, seat: Client) -> None:
    (notice_id,) = tell(officer_minh)
    answer = seat.post(reverse("notices:message-open", args=[notice_id]))
    assert (answer.status_code, answer["Location"]) == (302, FACTS["link"])
    tell(officer_minh, reference="dossier:2")
    seat.post(reverse("notices:messages-read"))
    assert unread_count(officer_minh) == 0
