"""Put a person on the phone call list of a unit. Any service may; at most once per (reference, rule), for ever.

Writes one CallTask in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from haddong_portal.common import clock
from haddong_portal.common.insert import insert_or_nothing
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent
from haddong_portal.notices.models import CallTask
from haddong_portal.notices.services.wording import worded

NAME_MAX = 120


def queue_call(
    *,
    reference: str,
    rule: str,
    unit_id: int,
    recipient_name: str,
    phone: str,
    facts: Mapping[str, str],
    waiting_since: datetime,
    due_on: date | None = None,
    event: NoticeEvent = NoticeEvent.UNCOLLECTED,
    now: datetime | None = None,
) -> int | None:
    """The new task's id, or None when this rule has put the person on the list before, or without a number.

    `facts` are those of the event: they fill the script that the clerk reads. `due_on` (today) is the day to call.
    """
    if not phone:
        return None
    moment = now or clock.now()
    words = worded(event, NoticeChannel.CALL, facts)
    task = CallTask(
        reference=reference,
        rule=rule,
        unit_id=unit_id,
        recipient_name=recipient_name[:NAME_MAX],
        phone=phone,
        subject=words.subject,
        script=words.body,
        waiting_since=waiting_since,
        due_on=due_on or clock.local(moment).date(),
        created_at=moment,
    )
    return task.pk if insert_or_nothing(task) else None
