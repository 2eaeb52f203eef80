"""Words of events: what the project ships, and what an editor may save."""

from __future__ import annotations

from typing import Any

import pytest

from haddong_portal.common.actors import Actor, system_actor
from haddong_portal.common.errors import DomainError, NotAllowed, NotFound
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent, channels_of
from haddong_portal.notices.models import Notice
from haddong_portal.notices.rules.facts import FACTS, FACTS_OF, sample_facts
from haddong_portal.notices.rules.words import fill, placeholders, sms_length
from haddong_portal.notices.selectors.templates import every_words, past_words, shipped_words, words_history, words_of
from haddong_portal.notices.services.preview_words import preview_words
from haddong_portal.notices.services.reset_template import reset_template
from haddong_portal.notices.services.save_template import save_template
from tests.notices.outbox import FACTS as FILLED
from tests.notices.outbox import queue_result_ready

SMS_SEGMENTS_MAX = 5
SPOKEN = [(event, channel) for event in NoticeEvent for channel in channels_of(event)]


@pytest.mark.parametrize(("event", "channel"), SPOKEN)
def test_every_event_ships_words_for_its_channels_that_its_facts_fill(
    event: NoticeEvent, channel: NoticeChannel
) -> None:
    words = shipped_words(event, channel)
    assert placeholders(words.subject + words.body) <= FACTS_OF[event]
    filled = fill(words.subject + words.body, sample_facts(event))
    assert words.subject and words.body and "{" not in filled
    if channel == NoticeChannel.SMS:
        assert sms_length(fill(words.body, sample_facts(event))).segments <= SMS_SEGMENTS_MAX


def test_every_fact_has_a_meaning_and_every_event_its_facts() -> None:
    assert set(FACTS_OF) == set(NoticeEvent)
    assert set().union(*FACTS_OF.values()) == set(FACTS)


@pytest.mark.django_db
def test_an_event_without_all_of_its_facts_is_refused_at_once() -> None:
    short = {name: value for name, value in FILLED.items() if name not in {"due", "place"}}
    with pytest.raises(ValueError, match="result_ready: facts missing: due, place"):
        queue_result_ready(facts=short)


@pytest.mark.django_db
def test_an_overlong_subject_is_cut_and_the_act_goes_on() -> None:
    notice = Notice.objects.get(pk=queue_result_ready(facts={**FILLED, "code": "x" * 300}))
    assert len(notice.subject) == 200
    assert notice.subject.endswith("…")


def save(body: str, *, actor: Actor | None = None, subject: str = "", channel: str = "sms", **event: Any) -> None:
    save_template(
        actor=actor or system_actor(),
        event=event.get("event", NoticeEvent.RESULT_READY),
        channel=NoticeChannel(channel),
        subject=subject,
        body=body,
    )


@pytest.mark.django_db
def test_edited_words_are_used_from_the_next_notice_on(django_capture_on_commit_callbacks: Any) -> None:
    queue_result_ready(rule="warms the cache of words")
    with django_capture_on_commit_callbacks(execute=True):
        save("Có kết quả {code}")
    assert Notice.objects.get(pk=queue_result_ready()).body == f"Có kết quả {FILLED['code']}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"body": "Chào {secret}"}, "notice.unknown_placeholder"),
        ({"body": "Nộp {amount}"}, "notice.unknown_placeholder"),  # a fact, but of another event
        ({"body": "x", "subject": "{amount}", "channel": "email"}, "notice.unknown_placeholder"),
        ({"body": " "}, "notice.body_length"),
        ({"body": "x" * 601}, "notice.body_length"),
        ({"body": "x", "subject": "x" * 201}, "notice.subject_length"),
        ({"body": "Mã của ông/bà", "event": NoticeEvent.PHONE_CODE}, "notice.code_missing"),
    ],
)
def test_words_that_nothing_fills_are_refused_by_code_and_the_preview_says_the_same(
    changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        save(**changes)
    assert refusal.value.code == code
    seen = preview_words(
        event=changes.get("event", NoticeEvent.RESULT_READY),
        channel=NoticeChannel(changes.get("channel", "sms")),
        subject=changes.get("subject", ""),
        body=changes["body"],
    )
    assert seen.refusal is not None
    assert seen.refusal.code == code
    assert seen.body == changes["body"]


@pytest.mark.django_db
def test_the_preview_fills_samples_and_counts_messages() -> None:
    seen = preview_words(
        event=NoticeEvent.RESULT_READY, channel=NoticeChannel.SMS, subject="", body="Ho so {code} da xong"
    )
    assert seen.body == "Ho so 000.18.01.H26-240219-0007 da xong"
    assert seen.sms is not None
    assert (seen.sms.segments, seen.sms.is_gsm) == (1, True)


@pytest.mark.django_db
def test_earlier_words_are_kept_and_come_back() -> None:
    event, channel = NoticeEvent.RESULT_READY, NoticeChannel.SMS
    save("Một {code}")
    save("Hai {code}")
    newest, oldest = words_history(event, channel)
    assert (newest.body, oldest.body) == ("Hai {code}", "Một {code}")
    assert past_words(event, channel, oldest.history_id).body == "Một {code}"
    with pytest.raises(NotFound, match=r"notice\.no_such_words"):
        past_words(NoticeEvent.DOSSIER_RECEIVED, channel, oldest.history_id)
    reset_template(actor=system_actor(), event=event, channel=channel)
    assert words_of(event, NoticeChannel.EMAIL) == shipped_words(event, NoticeChannel.EMAIL)
    assert [row.is_edited for row in every_words()].count(True) == 0
    assert words_history(event, channel)[0].history_type == "-"


@pytest.mark.django_db
def test_a_clerk_may_not_edit_words(desk_clerk_lan: Actor) -> None:
    with pytest.raises(NotAllowed):
        save("Chào", actor=desk_clerk_lan)
    with pytest.raises(NotAllowed):
        reset_template(actor=desk_clerk_lan, event=NoticeEvent.RESULT_READY, channel=NoticeChannel.SMS)
