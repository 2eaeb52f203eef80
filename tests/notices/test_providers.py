"""A second provider when the first fails, over real HTTP; who answered stands in the delivery log."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from haddong_portal.common.actors import system_actor
from haddong_portal.common.errors import Conflict
from haddong_portal.notices.constants import NoticeEvent, NoticeState
from haddong_portal.notices.gateways import gateway_names
from haddong_portal.notices.models import Notice, NoticeAttempt
from haddong_portal.notices.rules.route import DOUBTS_MAX, FAILURES_OPEN
from haddong_portal.notices.services import delivery_outcome
from haddong_portal.notices.services.deliver_notice import deliver_notice
from haddong_portal.notices.services.resend_notice import resend_notice
from tests.notices.outbox import FACTS, NOW, Provider
from tests.notices.outbox import queue_result_ready as queue

pytestmark = pytest.mark.django_db

CLAIM = timedelta(minutes=2)


class Died(BaseException):
    """The worker is gone: no handler of ours catches this."""


@pytest.fixture
def two_providers(provider: Provider, notice_file: Path, settings: Any) -> Provider:
    """The HTTP provider first, the file after it."""
    settings.NOTICE_GATEWAYS = {"sms": "http_sms, console"}
    return provider


def gateways_of(notice_id: int | None) -> list[tuple[str, bool]]:
    return list(NoticeAttempt.objects.filter(notice_id=notice_id).values_list("gateway", "ok"))


def queued(**changes: Any) -> int:
    notice_id = queue(**changes)
    assert notice_id
    return notice_id


def test_a_provider_that_repeats_the_number_leaves_it_masked_in_the_log() -> None:
    notice = Notice.objects.get(pk=queued())
    delivery_outcome.sent(notice, "đã nhận cho +84 912 345 678", NOW)
    assert NoticeAttempt.objects.get(notice=notice).answer == "đã nhận cho 849•••••678"


def test_an_unknown_or_missing_gateway_is_a_mistake_of_the_deployment(settings: Any) -> None:
    settings.NOTICE_GATEWAYS = {"sms": "http_sms,fax", "email": " "}
    for channel in ("sms", "email"):
        with pytest.raises(ImproperlyConfigured, match="NOTICE gateway"):
            gateway_names(channel)


def test_while_the_first_answers_the_second_is_never_asked(two_providers: Provider, notice_file: Path) -> None:
    notice_id = queued()
    assert deliver_notice(notice_id=notice_id, now=NOW) == NoticeState.SENT
    assert gateways_of(notice_id) == [("http_sms", True)]
    assert not notice_file.exists()


def test_a_final_refusal_of_the_first_is_followed_by_the_second_at_once(two_providers: Provider) -> None:
    two_providers.status = 400
    notice_id = queued()
    assert deliver_notice(notice_id=notice_id, now=NOW) == NoticeState.SENT
    assert gateways_of(notice_id) == [("http_sms", False), ("console", True)]


def test_a_passing_failure_makes_the_other_one_first_next_time(two_providers: Provider) -> None:
    two_providers.status = 503
    notice_id = queued()
    assert deliver_notice(notice_id=notice_id, now=NOW) == NoticeState.QUEUED
    assert deliver_notice(notice_id=notice_id, now=NOW + timedelta(seconds=30)) == NoticeState.SENT
    assert gateways_of(notice_id) == [("http_sms", False), ("console", True)]


def test_a_provider_that_is_down_is_asked_last_by_everybody_until_it_had_a_minute(two_providers: Provider) -> None:
    two_providers.status = 503
    for number in range(FAILURES_OPEN):
        deliver_notice(notice_id=queued(reference=f"dossier:{number}"), now=NOW)
    seen = len(two_providers.seen)
    assert deliver_notice(notice_id=queued(reference="dossier:90"), now=NOW) == NoticeState.SENT
    assert len(two_providers.seen) == seen == FAILURES_OPEN
    later = NOW + timedelta(minutes=2)
    two_providers.status = 200
    assert deliver_notice(notice_id=queued(reference="dossier:91", now=later), now=later) == NoticeState.SENT
    assert len(two_providers.seen) == seen + 1


def test_refusals_of_single_numbers_do_not_make_a_provider_look_down(two_providers: Provider) -> None:
    two_providers.status = 400
    for number in range(FAILURES_OPEN):
        deliver_notice(notice_id=queued(reference=f"dossier:{number}"), now=NOW)
    two_providers.status = 200
    deliver_notice(notice_id=queued(reference="dossier:90"), now=NOW)
    assert len(two_providers.seen) == FAILURES_OPEN + 1


def test_a_message_without_an_answer_stays_with_its_provider_under_its_key(
    two_providers: Provider, notice_file: Path
) -> None:
    two_providers.hangs_up = True
    notice_id = queued()
    deliver_notice(notice_id=notice_id, now=NOW)
    two_providers.hangs_up = False
    assert deliver_notice(notice_id=notice_id, now=NOW + timedelta(seconds=30)) == NoticeState.SENT
    assert gateways_of(notice_id) == [("http_sms", False), ("http_sms", True)]
    assert len({seen["key"] for seen in two_providers.seen}) == 1
    assert not notice_file.exists()


def test_a_provider_that_never_answers_is_left_in_the_end(two_providers: Provider) -> None:
    two_providers.hangs_up = True
    notice_id, moment = queued(), NOW
    while deliver_notice(notice_id=notice_id, now=moment) != NoticeState.SENT:
        moment = Notice.objects.get(pk=notice_id).next_attempt_at
    assert [name for name, _ in gateways_of(notice_id)] == ["http_sms"] * DOUBTS_MAX + ["console"]


def test_a_worker_that_died_in_the_call_leaves_the_message_with_the_same_provider(
    two_providers: Provider, notice_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*args: object) -> str:
        raise Died

    notice_id = queued()
    with monkeypatch.context() as patch, pytest.raises(Died):
        patch.setattr(delivery_outcome, "sent", die)
        deliver_notice(notice_id=notice_id, now=NOW)
    assert deliver_notice(notice_id=notice_id, now=NOW + timedelta(seconds=119)) == "skipped"
    assert deliver_notice(notice_id=notice_id, now=NOW + CLAIM) == NoticeState.SENT
    assert [seen["key"] for seen in two_providers.seen] == [two_providers.seen[0]["key"]] * 2
    assert not notice_file.exists()


def test_the_file_drops_the_repeat_of_a_worker_that_died(notice_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*args: object) -> str:
        raise Died

    notice_id = queued()
    with monkeypatch.context() as patch, pytest.raises(Died):
        patch.setattr(delivery_outcome, "sent", die)
        deliver_notice(notice_id=notice_id, now=NOW)
    assert deliver_notice(notice_id=notice_id, now=NOW + CLAIM) == NoticeState.SENT
    assert len(notice_file.read_text().splitlines()) == 1
    assert "không ghi lại" in NoticeAttempt.objects.get(notice_id=notice_id).answer


def test_a_worker_taken_for_dead_changes_nothing_when_it_wakes_up(
    two_providers: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It took longer than its claim; another one has sent the message by then."""
    notice_id = queued()

    def overtaken(notice: Notice, *rest: Any) -> str:
        with monkeypatch.context() as patch:
            patch.setattr(delivery_outcome, "sent", write_sent)
            assert deliver_notice(notice_id=notice_id, now=NOW + CLAIM) == NoticeState.SENT
        return write_failed(notice, *rest)

    write_sent, write_failed = delivery_outcome.sent, delivery_outcome.failed
    two_providers.status = 503

    def fail_late(notice: Notice, *rest: Any) -> str:
        two_providers.status = 200
        return overtaken(notice, *rest)

    monkeypatch.setattr(delivery_outcome, "failed", fail_late)
    assert deliver_notice(notice_id=notice_id, now=NOW) == delivery_outcome.OVERTAKEN
    assert Notice.objects.get(pk=notice_id).state == NoticeState.SENT


def test_when_all_refuse_it_is_dead_and_the_button_starts_anew_under_a_new_key(
    provider: Provider, settings: Any
) -> None:
    provider.status = 400
    notice_id = queued()
    assert deliver_notice(notice_id=notice_id, now=NOW) == NoticeState.GAVE_UP
    provider.status = 200
    resend_notice(actor=system_actor(), notice_id=notice_id, now=NOW)
    assert deliver_notice(notice_id=notice_id, now=NOW) == NoticeState.SENT
    assert len({seen["key"] for seen in provider.seen}) == 2


def test_a_message_gives_up_after_its_hours_not_before(provider: Provider, settings: Any) -> None:
    settings.NOTICE_GIVE_UP_HOURS = 3
    provider.status = 503
    notice_id, moment = queued(), NOW
    while (state := deliver_notice(notice_id=notice_id, now=moment)) == NoticeState.QUEUED:
        moment = Notice.objects.get(pk=notice_id).next_attempt_at
    assert state == NoticeState.GAVE_UP
    assert timedelta(hours=3) <= moment - NOW < timedelta(hours=3, minutes=10)


def code_notice() -> int:
    facts = {"code_digits": "482913", "minutes": "5"}
    return queued(event=NoticeEvent.PHONE_CODE, rule="phone_code", facts=facts)


def test_a_one_time_code_is_forgotten_once_it_has_left(provider: Provider) -> None:
    notice_id = code_notice()
    assert deliver_notice(notice_id=notice_id, now=NOW) == NoticeState.SENT
    assert "482913" in provider.seen[0]["text"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT body, subject FROM notices_notice")
        assert "482913" not in " ".join(cursor.fetchone())


def test_a_late_one_time_code_is_not_sent_again(provider: Provider) -> None:
    provider.status = 503
    notice_id = code_notice()
    deliver_notice(notice_id=notice_id, now=NOW)
    assert deliver_notice(notice_id=notice_id, now=NOW + timedelta(minutes=5)) == NoticeState.GAVE_UP
    assert "482913" not in Notice.objects.get(pk=notice_id).body
    with pytest.raises(Conflict, match=r"notice\.secret"):
        resend_notice(actor=system_actor(), notice_id=notice_id, now=NOW)


@pytest.fixture
def other_provider(provider: Provider) -> Iterator[Provider]:
    server = Provider()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_the_apprise_library_is_the_second_provider(
    provider: Provider, other_provider: Provider, settings: Any
) -> None:
    settings.NOTICE_GATEWAYS = {"sms": "http_sms,apprise"}
    settings.NOTICE_APPRISE_URL = f"json://127.0.0.1:{other_provider.server_port}/?:to={{to}}"
    provider.status = 400
    notice_id = queued()
    assert deliver_notice(notice_id=notice_id, now=NOW) == NoticeState.SENT
    assert gateways_of(notice_id) == [("http_sms", False), ("apprise", True)]
    assert FACTS["code"] in other_provider.seen[0]["message"]
