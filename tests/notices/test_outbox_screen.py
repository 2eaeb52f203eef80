"""The outbox on the screen: filters, pages, counts, sending again; quiet hours and words saved from their pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotAllowed
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent, NoticeState
from haddong_portal.notices.models import Notice, NoticeTemplate, QuietHours
from haddong_portal.notices.selectors.notices import PAGE, NoticeFilter, notice_page
from haddong_portal.notices.services.preview_notice import preview_notice
from haddong_portal.notices.services.resend_notices import resend_notices
from tests.factories import UnitFactory, make_actor
from tests.notices.outbox import FACTS, NOW
from tests.notices.outbox import queue_result_ready as queue

pytestmark = pytest.mark.django_db

SignIn = Callable[[Actor], Client]


@pytest.fixture
def head(ward: Unit) -> Actor:
    return make_actor(ward, Role.ONE_STOP_HEAD, "Đỗ Văn Trường")


def dead(unit: Unit, count: int = 1, **changes: Any) -> list[int]:
    """Messages of a unit that gave up."""
    ids = [queue(reference=f"dead:{unit.pk}:{n}", unit_id=unit.pk, **changes) for n in range(count)]
    Notice.objects.filter(pk__in=ids).update(state=NoticeState.GAVE_UP, last_error="HTTP 503")
    return [pk for pk in ids if pk]


def test_pages_follow_each_other_and_counts_are_those_of_the_filter(ward: Unit, head: Actor) -> None:
    ids = dead(ward, PAGE + 5)
    queue(unit_id=ward.pk, rule="r", event=NoticeEvent.DOSSIER_RECEIVED)
    wanted = NoticeFilter(state=NoticeState.GAVE_UP)
    first = notice_page(actor=head, wanted=wanted)
    second = notice_page(actor=head, wanted=wanted, before=first.next_cursor)
    assert [row.pk for row in first.rows + second.rows] == sorted(ids, reverse=True)
    assert (second.next_cursor, first.counts) == (None, {"gave_up": PAGE + 5, "queued": 1})
    received = notice_page(actor=head, wanted=NoticeFilter(event=NoticeEvent.DOSSIER_RECEIVED))
    assert (len(received.rows), received.counts) == (1, {"gave_up": 0, "queued": 1})


def test_oversight_filters_by_unit_and_a_ward_sees_only_itself(ward: Unit, head: Actor) -> None:
    other = UnitFactory(ward=True)
    dead(ward), dead(other)
    district = make_actor(ward, Role.DISTRICT_MANAGER, "Bùi Văn Quận")
    assert len(notice_page(actor=district, wanted=NoticeFilter()).rows) == 2
    narrowed = notice_page(actor=district, wanted=NoticeFilter(unit_id=other.pk))
    assert ([row.unit_id for row in narrowed.rows], narrowed.unit_names) == ([other.pk], {other.pk: other.short_name})
    assert notice_page(actor=head, wanted=NoticeFilter(unit_id=other.pk)).rows == []


def test_all_that_is_shown_is_sent_again_but_no_code_and_nothing_of_others(ward: Unit, head: Actor) -> None:
    ids, strangers = dead(ward, 3), dead(UnitFactory(ward=True))
    sent = queue(unit_id=ward.pk)
    codes = dead(ward, rule="code", event=NoticeEvent.PHONE_CODE, facts={"code_digits": "1", "minutes": "5"})
    assert sent
    assert resend_notices(actor=head, notice_ids=[*ids, *strangers, *codes, sent], now=NOW) == 3
    assert set(Notice.objects.filter(state=NoticeState.GAVE_UP).values_list("pk", flat=True)) == {*strangers, *codes}
    assert AuditEntry.objects.filter(action="notice.resend").count() == 3


def test_a_clerk_reads_and_sends_nothing_again(ward: Unit, desk_clerk_lan: Actor, sign_in: SignIn) -> None:
    (notice_id,) = dead(ward)
    seat = sign_in(desk_clerk_lan)
    page = seat.get(reverse("notices:outbox"), {"trang-thai": "gave_up"}).content.decode()
    assert "091••••678" in page
    assert "0912345678" not in page
    assert "Gửi lại" not in page
    assert seat.post(reverse("notices:resend-shown"), {"notice": [notice_id]}).status_code == 403
    with pytest.raises(NotAllowed):
        resend_notices(actor=desk_clerk_lan, notice_ids=[notice_id])


def test_the_button_leads_back_to_the_same_filter(ward: Unit, head: Actor, sign_in: SignIn) -> None:
    ids, seat = dead(ward, 2), sign_in(head)
    back = "trang-thai=gave_up&su-kien=result_ready"
    answer = seat.post(reverse("notices:resend-shown"), {"notice": ids, "back": back})
    assert answer["Location"] == f"{reverse('notices:outbox')}?{back}"
    evil = seat.post(reverse("notices:resend-shown"), {"notice": [], "back": "\r\nX: y//evil.example"})
    assert evil["Location"].startswith(reverse("notices:outbox") + "?")


def test_a_refused_template_keeps_what_was_typed(head: Actor, sign_in: SignIn) -> None:
    url = reverse("notices:template-edit", args=["result_ready", "sms"])
    answer = sign_in(head).post(url, {"subject": "", "body": "Chào {secret}"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "notice.unknown_placeholder" in page
    assert "Chào {secret}" in page
    assert not NoticeTemplate.objects.exists()


def test_the_history_names_the_editor(head: Actor, sign_in: SignIn) -> None:
    url, seat = reverse("notices:template-edit", args=["result_ready", "sms"]), sign_in(head)
    seat.post(url, {"subject": "", "body": "Một {code}"})
    assert "Đỗ Văn Trường" in seat.get(url).content.decode().split("Lịch sử")[1]


@pytest.mark.parametrize("address", [("result_ready", "portal"), ("nothing", "sms"), ("reminder_gate", "call")])
def test_an_event_has_no_template_on_a_channel_where_it_does_not_speak(
    head: Actor, sign_in: SignIn, address: tuple[str, str]
) -> None:
    assert sign_in(head).get(reverse("notices:template-edit", args=address)).status_code == 404


def test_quiet_hours_are_saved_from_their_page(ward: Unit, sign_in: SignIn) -> None:
    seat, url = sign_in(make_actor(ward, Role.DISTRICT_MANAGER, "Bùi Văn Quận")), reverse("notices:quiet-hours")
    empty = seat.post(url, {"channel": "sms", "sms-is_on": "on", "sms-starts": "21:00", "sms-ends": "21:00"})
    assert (empty.status_code, "quiet.empty" in empty.content.decode()) == (422, True)
    assert seat.post(url, {"channel": "fax"}).status_code == 404
    seat.post(url, {"channel": "sms", "sms-is_on": "on", "sms-starts": "22:00", "sms-ends": "06:00"})
    row = QuietHours.objects.get()
    assert (row.channel, row.is_on, f"{row.starts:%H:%M}", f"{row.ends:%H:%M}") == ("sms", True, "22:00", "06:00")
    assert "Bùi Văn Quận" in seat.get(url).content.decode().split("Lịch sử")[1]


def test_any_act_can_show_whom_it_will_tell(settings: Any) -> None:
    settings.NOTICE_QUIET_HOURS = "sms=00:00-23:59"
    preview = preview_notice(
        event=NoticeEvent.RESULT_READY,
        channel=NoticeChannel.SMS,
        recipient="0912345678",
        recipient_name="Trần Văn Tú",
        facts=FACTS,
        now=NOW,
    )
    shown = render_to_string("components/notice_preview.html", {"preview": preview})
    assert all(text in shown for text in ("091••••678", "Trần Văn Tú", "3 tin SMS", "Đang giờ yên tĩnh", FACTS["code"]))
    assert "0912345678" not in shown
