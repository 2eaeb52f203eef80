"""Put a message into the outbox, in the transaction of the act it tells of.

Any service may queue; the row is unique per (reference, rule, day, channel), so a repeated act or a reminder
that runs twice sends once. Writes one Notice; after commit a worker is woken.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from haddong_portal.common import clock
from haddong_portal.common.insert import insert_or_nothing
from haddong_portal.common.jobs import JobName, enqueue
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent
from haddong_portal.notices.models import Notice
from haddong_portal.notices.rules.words import fill
from haddong_portal.notices.selectors.templates import words_of


def queue_notice(
    *,
    reference: str,
    rule: str,
    event: NoticeEvent,
    channel: NoticeChannel,
    recipient: str,
    recipient_name: str,
    facts: Mapping[str, str],
    unit_id: int | None = None,
    now: datetime | None = None,
) -> int | None:
    """The new notice's id, or None when this rule has already spoken today on this channel."""
    moment = now or clock.now()
    words = words_of(event, channel)
    notice = Notice(
        reference=reference,
        rule=rule,
        day=clock.local(moment).date(),
        channel=channel,
        unit_id=unit_id,
        recipient_name=recipient_name,
        recipient=recipient,
        subject=fill(words.subject, facts),
        body=fill(words.body, facts),
        next_attempt_at=moment,
        created_at=moment,
    )
    if not insert_or_nothing(notice):
        return None
    enqueue(JobName.DELIVER_NOTICE, notice.pk)
    return notice.pk
