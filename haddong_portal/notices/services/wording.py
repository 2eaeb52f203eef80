"""The current words of an event on a channel, filled with its facts."""

from __future__ import annotations

from collections.abc import Mapping

from haddong_portal.notices.constants import NoticeChannel, NoticeEvent
from haddong_portal.notices.rules.facts import facts_missing
from haddong_portal.notices.rules.words import fill
from haddong_portal.notices.selectors.templates import Words, words_of

SUBJECT_MAX = 200


def worded(event: NoticeEvent, channel: NoticeChannel, facts: Mapping[str, str]) -> Words:
    """Subject and body as the person reads them; ValueError when the caller did not bring all facts of the event."""
    missing = facts_missing(event, facts)
    if missing:
        raise ValueError(f"{event}: facts missing: {', '.join(missing)}")
    words = words_of(event, channel)
    subject = fill(words.subject, facts)
    if len(subject) > SUBJECT_MAX:
        subject = subject[: SUBJECT_MAX - 1] + "…"
    return Words(subject, fill(words.body, facts))
