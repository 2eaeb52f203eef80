"""The outbox: once per rule and day, durable, bounded, resumable. The HTTP gateway talks to a real local server."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from haddong_portal.common.actors import Actor, system_actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent, NoticeState
from haddong_portal.notices.models import Notice, NoticeAttempt
from haddong_portal.notices.services.deliver_notice import CLAIM_LASTS, deliver_notice
from haddong_portal.notices.services.queue_notice import queue_notice
from haddong_portal.notices.services.resend_notice import resend_notice
from haddong_portal.notices.services.save_template import save_template
from haddong_portal.notices.services.sweep_notices import sweep_notices

NOW = datetime(2024, 2, 15, 9, 0, tzinfo=VIETNAM)
FACTS = {
    "code": "000.18.01.H26-240215-0001",
    "name": "Trần Văn Tú",
    "procedure": "Đăng ký khai sinh",
    "due": "thứ Năm, 15/02/2024, trước 17:00",
    "unit": "UBND phường Quang Trung",
    "link": "https://motcua.example/t/abc",
    "place": "bộ phận Một cửa",
}

pytestmark = pytest.mark.django_db


def queue(**changes: Any) -> int | None:
    arguments: dict[str, Any] = {
        "reference": "dossier:1",
        "rule": "result_ready",
        "event": NoticeEvent.RESULT_READY,
        "channel": NoticeChannel.SMS,
        "recipient": "0912345678",
        "recipient_name": "Trần Văn Tú",
        "facts": FACTS,
        "unit_id": 1,
        "now": NOW,
    }
    return queue_notice(**{**arguments, **changes})


@pytest.fixture
def notice_file(tmp_path: Path, settings: Any) -> Path:
    settings.NOTICE_FILE = str(tmp_path / "out" / "notices.jsonl")
    return Path(settings.NOTICE_FILE)


class Provider(ThreadingHTTPServer):
    """A real HTTP SMS provider on loopback that can be told which status to answer."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.seen: list[dict[str, Any]] = []


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append({"key": self.headers["Idempotency-Key"], **json.loads(body)})
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *args: Any) -> None:
        return


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    server = Provider()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.NOTICE_GATEWAYS = {"sms": "http_sms"}
    settings.NOTICE_HTTP_SMS_URL = f"http://127.0.0.1:{server.server_port}/send"
    yield server
    server.shutdown()


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
    assert provider.seen[0]["key"] == f"notice-{Notice.objects.get(pk=notice_id).key}"


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
    Notice.objects.filter(pk=notice_id).update(state=NoticeState.SENDING, attempts=1, next_attempt_at=NOW + CLAIM_LASTS)
    assert sweep_notices(now=NOW) == 0
    assert sweep_notices(now=NOW + CLAIM_LASTS) == 1


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


def test_edited_words_are_used_and_unknown_placeholders_refused(django_capture_on_commit_callbacks: Any) -> None:
    actor = system_actor()
    queue(rule="warms the cache of words")
    with pytest.raises(DomainError) as refusal:
        save_template(
            actor=actor, event=NoticeEvent.RESULT_READY, channel=NoticeChannel.SMS, subject="", body="Chào {secret}"
        )
    assert refusal.value.code == "notice.unknown_placeholder"
    with django_capture_on_commit_callbacks(execute=True):
        save_template(
            actor=actor, event=NoticeEvent.RESULT_READY, channel=NoticeChannel.SMS, subject="", body="Có kết quả {code}"
        )
    notice_id = queue()
    assert Notice.objects.get(pk=notice_id).body == f"Có kết quả {FACTS['code']}"


@pytest.mark.parametrize("changes", [{"state": "sent", "sent_at": None}, {"state": "queued", "sent_at": NOW}])
def test_constraint_sent_has_time(changes: dict[str, Any]) -> None:
    notice_id = queue()
    with pytest.raises(IntegrityError, match="notice_sent_has_time"), transaction.atomic():
        Notice.objects.filter(pk=notice_id).update(**changes)


def test_constraint_once_per_rule_day_channel() -> None:
    queue()
    with pytest.raises(IntegrityError, match="notice_once_per_rule_day_channel"), transaction.atomic():
        Notice.objects.create(
            reference="dossier:1",
            rule="result_ready",
            day=NOW.date(),
            channel="sms",
            recipient="0987654321",
            body="x",
            first_due_at=NOW,
            next_attempt_at=NOW,
            created_at=NOW,
        )
