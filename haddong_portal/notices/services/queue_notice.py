"""Put a message into the outbox, in the transaction of the act it tells of.

Any service may queue; the row is unique per (reference, rule, day, channel), so a repeated act or a reminder
that runs twice sends once. In quiet hours it waits for their end. Writes one Notice; after commit a worker is woken.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from haddong_portal.common import clock
from haddong_portal.common.insert import insert_or_nothing
from haddong_portal.common.jobs import JobName, enqueue
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent
from haddong_portal.notices.models import Notice
from haddong_portal.notices.selectors.quiet import earliest_sending
from haddong_portal.notices.services.wording import worded


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
    user_id: int | None = None,
    now: datetime | None = None,
) -> int | None:
    """The new notice's id, or None when this rule has already spoken today on this channel.

    `facts` bring at least what rules/facts.py says of the event; ValueError names what is missing.
    `user_id` is set for a member of staff.
    """
    moment = now or clock.now()
    words = worded(event, channel, facts)
    due_at = earliest_sending(event, channel, moment)
    notice = Notice(
        reference=reference,
        event=event,
        rule=rule,
        day=clock.local(moment).date(),
        channel=channel,
        unit_id=unit_id,
        user_id=user_id,
        recipient_name=recipient_name,
        recipient=recipient,
        subject=words.subject,
        body=words.body,
        first_due_at=due_at,
        next_attempt_at=due_at,
        created_at=moment,
    )
    if not insert_or_nothing(notice):
        return None
    if due_at == moment:
        enqueue(JobName.DELIVER_NOTICE, notice.pk)
    return notice.pk
