"""Words as typed in the editor, filled with invented facts. Reads and writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from haddong_portal.common.errors import DomainError
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent
from haddong_portal.notices.rules.facts import sample_facts
from haddong_portal.notices.rules.words import SmsLength, fill, sms_length
from haddong_portal.notices.services.check_words import check_words


@dataclass(frozen=True)
class WordsPreview:
    """`refusal` is what saving would say; the text is then shown as it was typed."""

    channel: NoticeChannel
    subject: str
    body: str
    sms: SmsLength | None
    refusal: DomainError | None


def preview_words(*, event: NoticeEvent, channel: NoticeChannel, subject: str, body: str) -> WordsPreview:
    """Never refuses: the editor shows the refusal beside the text."""
    refusal: DomainError | None = None
    try:
        check_words(event=event, channel=channel, subject=subject, body=body)
        facts = sample_facts(event)
        subject, body = fill(subject, facts), fill(body, facts)
    except DomainError as error:
        refusal = error
    sms = sms_length(body) if channel == NoticeChannel.SMS else None
    return WordsPreview(channel, subject, body, sms, refusal)
