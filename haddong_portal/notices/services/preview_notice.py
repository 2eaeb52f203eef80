"""What a person is about to be told, before anything is sent. Reads only; any act's form may show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from haddong_portal.common import clock
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent
from haddong_portal.notices.rules.recipients import masked_recipient
from haddong_portal.notices.rules.words import SmsLength, sms_length
from haddong_portal.notices.selectors.quiet import earliest_sending
from haddong_portal.notices.services.wording import worded


@dataclass(frozen=True)
class NoticePreview:
    """For components/notice_preview.html. `sms` only on that channel; `is_delayed` in quiet hours."""

    channel: NoticeChannel
    recipient: str
    recipient_name: str
    subject: str
    body: str
    sms: SmsLength | None
    sends_at: datetime
    is_delayed: bool


def preview_notice(
    *,
    event: NoticeEvent,
    channel: NoticeChannel,
    recipient: str,
    facts: Mapping[str, str],
    recipient_name: str = "",
    now: datetime | None = None,
) -> NoticePreview:
    """The masked recipient, the text, its length and when it leaves; ValueError for missing facts."""
    moment = now or clock.now()
    words = worded(event, channel, facts)
    sends_at = earliest_sending(event, channel, moment)
    return NoticePreview(
        channel=NoticeChannel(channel),
        recipient=masked_recipient(channel, recipient),
        recipient_name=recipient_name,
        subject=words.subject if channel != NoticeChannel.SMS else "",
        body=words.body,
        sms=sms_length(words.body) if channel == NoticeChannel.SMS else None,
        sends_at=sends_at,
        is_delayed=sends_at != moment,
    )
