"""The words of an event on a channel: the editor's, else those the project ships (data/words.json)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.core.cache import caches

from haddong_portal.common.errors import NotFound
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent, channels_of
from haddong_portal.notices.models import NoticeTemplate

CACHE_SECONDS = 60
SHIPPED_FILE = Path(__file__).resolve().parent.parent / "data" / "words.json"
HISTORY_MAX = 30


@dataclass(frozen=True)
class Words:
    subject: str
    body: str


@dataclass(frozen=True)
class WordsRow:
    """One line of the list of templates; `is_edited` when an editor's words replace the shipped ones."""

    event: NoticeEvent
    channel: NoticeChannel
    words: Words
    is_edited: bool


def words_of(event: NoticeEvent, channel: NoticeChannel) -> Words:
    """The current words; edits are seen within a minute by every worker, at once by the one that saved."""
    key = cache_key(event, channel)
    known: Words | None = caches["process"].get(key)
    if known is None:
        known = _stored(event, channel) or shipped_words(event, channel)
        caches["process"].set(key, known, CACHE_SECONDS)
    return known


def shipped_words(event: str, channel: str) -> Words:
    """The words the project ships; KeyError when the event does not speak on this channel."""
    texts = _shipped()[event]
    return Words(texts["subject"], texts[channel])


def every_words() -> list[WordsRow]:
    """All events with their channels and current words: one statement."""
    stored = {
        (event, channel): Words(subject, body)
        for event, channel, subject, body in NoticeTemplate.objects.values_list("event", "channel", "subject", "body")
    }
    return [
        WordsRow(
            event, channel, stored.get((event, channel)) or shipped_words(event, channel), (event, channel) in stored
        )
        for event in NoticeEvent
        for channel in channels_of(event)
    ]


def words_history(event: NoticeEvent, channel: NoticeChannel) -> list[NoticeTemplate]:
    """Earlier and present words, newest first, with who changed them."""
    past = NoticeTemplate.history.filter(event=event, channel=channel).select_related("history_user")
    return list(past.order_by("-history_date", "-history_id")[:HISTORY_MAX])


def past_words(event: NoticeEvent, channel: NoticeChannel, history_id: int) -> Words:
    """The words of one line of the history; NotFound `notice.no_such_words`."""
    past = NoticeTemplate.history.filter(event=event, channel=channel, history_id=history_id)
    row = past.values_list("subject", "body").first()
    if row is None:
        raise NotFound("Không có lời văn cũ này.", code="notice.no_such_words")
    return Words(*row)


def cache_key(event: str, channel: str) -> str:
    return f"notice-words:{event}:{channel}"


@cache
def _shipped() -> dict[str, dict[str, str]]:
    texts: dict[str, dict[str, str]] = json.loads(SHIPPED_FILE.read_text(encoding="utf-8"))
    return texts


def _stored(event: NoticeEvent, channel: NoticeChannel) -> Words | None:
    row = NoticeTemplate.objects.filter(event=event, channel=channel).values_list("subject", "body").first()
    return Words(*row) if row else None
