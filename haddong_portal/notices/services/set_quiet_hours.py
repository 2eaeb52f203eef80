"""Say when a channel is silent. Right notice.set_quiet_hours; writes QuietHours with history, and an audit row.

Messages that wait already keep their time; the next ones, and every later attempt, follow the new hours.
"""

from __future__ import annotations

from datetime import datetime, time

from django.core.cache import caches
from django.db import transaction

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.constants import NoticeChannel
from haddong_portal.notices.models import QuietHours
from haddong_portal.notices.selectors.quiet import CACHE_KEY, CHANNELS


@transaction.atomic
def set_quiet_hours(
    *, actor: Actor, channel: NoticeChannel, is_on: bool, starts: time, ends: time, now: datetime | None = None
) -> None:
    """Refusals: `quiet.channel`, `quiet.empty`. Over midnight when `ends` is before `starts`."""
    actor.require("notice.set_quiet_hours")
    if channel not in CHANNELS:
        raise DomainError("quiet.channel", "Kênh này không cần giờ yên tĩnh.", "channel")
    if starts == ends:
        raise DomainError("quiet.empty", "Giờ bắt đầu và giờ kết thúc phải khác nhau.", "ends")
    row = QuietHours.objects.select_for_update(no_key=True).filter(channel=channel).first()
    row = row or QuietHours(channel=channel)
    row.is_on, row.starts, row.ends = is_on, starts, ends
    row.save()
    record_access(
        actor=actor,
        action="notice.quiet_hours_set",
        object_type="quiet_hours",
        object_id=channel,
        data={"is_on": is_on, "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"},
        now=now or clock.now(),
    )
    transaction.on_commit(lambda: caches["process"].delete(CACHE_KEY), robust=True)
