"""The outbox: once per rule and day, durable, bounded, resumable. The HTTP gateway talks to a real local server."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from haddong_portal.common.actors import Actor, system_actor
from haddong_portal.common.errors import Conflict, NotAllowed
from haddong_portal.notices.constants import NoticeChannel, NoticeState
from haddong_portal.notices.models import Notice, NoticeAttempt
from haddong_portal.notices.services.deliver_notice import deliver_notice
from haddong_portal.notices.services.resend_notice import resend_notice
from haddong_portal.notices.services.sweep_notices import sweep_notices
from tests.notices.outbox import FACTS, NOW, Provider
from tests.notices.outbox import queue_result_ready as queue

CLAIM = timedelta(minutes=2)

pytestmark = pytest.mark.django_db


def test_a_queued_notice_is_delivered_and_logged(notice_file: Path) -> None:
    notice_id = queue()
    assert notice_id
    assert deliver_notice(notice_id=notice_id, now=NOW) == NoticeState.SENT
    line = json.loads(notice_file.read_text())
    assert line["to"] == "0912345678"
    assert FACTS["code"] in line["text"]
    assert notice_file.stat().st_mode & 0o077 == 0
    assert NoticeAttempt.objects.get(notice_id=notice_id).ok


def test_the_same_rule_speaks_once_a_day_and_again_tomorrow() -> None:
    assert queue()
    assert queue() is None
    assert queue(channel=NoticeChannel.EMAIL, recipient="tu@example.vn")
    assert queue(now=NOW + timedelta(days=1))
    assert Notice.objects.count() == 3


def test_a_second_worker_finds_nothing_to_do(notice_file: Path) -> None:
    notice_id = queue()
    assert notice_id
    deliver_notice(notice_id=notice_id, now=NOW)
    assert deliver_notice(notice_id=notice_id, now=NOW) == "skipped"
    assert len(notice_file.read_text().splitlines()) == 1


def test_the_http_gateway_fills_the_body_without_breaking_its_json(provider: Provider) -> None:
    notice_id = queue(facts={**FACTS, "code": '"},{"x":"'})
    assert notice_id
    assert deliver_notice(notice_id=notice_id, now=NOW) == NoticeState.SENT
    assert provider.seen[0]["to"] == "0912345678"
    assert '"},{"x":"' in provider.seen[0]["text"]
    key = f"notice-{Notice.objects.get(pk=notice_id).key}"
    assert provider.seen[0]["header"] == provider.seen[0]["key"] == key


def test_a_failing_provider_is_tried_again_with_growing_waits_and_an_end(provider: Provider, settings: Any) -> None:
    settings.NOTICE_ATTEMPTS_MAX = 3
    provider.status = 503
    notice_id = queue()
    assert notice_id
    moment, waits = NOW, []
    for _ in range(3):
        deliver_notice(notice_id=notice_id, now=moment)
        notice = Notice.objects.get(pk=notice_id)
        waits.append((notice.next_attempt_at - moment).total_seconds())
        assert deliver_notice(notice_id=notice_id, now=moment) == "skipped"
        moment = notice.next_attempt_at
    assert waits == [30, 60, 120]
    assert notice.state == NoticeState.GAVE_UP
    assert len(provider.seen) == 3


def test_a_final_refusal_is_not_repeated(provider: Provider) -> None:
    provider.status = 400
    notice_id = queue()
    assert notice_id
    assert deliver_notice(notice_id=notice_id, now=NOW) == NoticeState.GAVE_UP


def test_the_provider_recovers_and_the_sweeper_sends_what_was_left(provider: Provider) -> None:
    provider.status = 503
    notice_id = queue()
    assert notice_id
    deliver_notice(notice_id=notice_id, now=NOW)
    provider.status = 200
    assert sweep_notices(now=NOW) == 0
    assert sweep_notices(now=NOW + timedelta(seconds=31)) == 1
    assert Notice.objects.get(pk=notice_id).state == NoticeState.SENT


def test_a_worker_that_died_while_sending_is_swept_after_its_claim(notice_file: Path) -> None:
    notice_id = queue()
    Notice.objects.filter(pk=notice_id).update(state=NoticeState.SENDING, attempts=1, next_attempt_at=NOW + CLAIM)
    assert sweep_notices(now=NOW) == 0
    assert sweep_notices(now=NOW + CLAIM) == 1


def test_a_dead_notice_is_sent_again_by_the_button_only(provider: Provider, notice_file: Path) -> None:
    provider.status = 400
    notice_id = queue()
    assert notice_id
    with pytest.raises(Conflict, match=r"notice\.not_dead"):
        resend_notice(actor=system_actor(), notice_id=notice_id, now=NOW)
    deliver_notice(notice_id=notice_id, now=NOW)
    with pytest.raises(NotAllowed):
        resend_notice(actor=Actor(name="người lạ"), notice_id=notice_id, now=NOW)
    provider.status = 200
    resend_notice(actor=system_actor(), notice_id=notice_id, now=NOW)
    assert deliver_notice(notice_id=notice_id, now=NOW) == NoticeState.SENT


def test_the_recipient_lies_encrypted_in_the_table() -> None:
    queue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT recipient FROM notices_notice")
        assert b"0912345678" not in bytes(cursor.fetchone()[0])
