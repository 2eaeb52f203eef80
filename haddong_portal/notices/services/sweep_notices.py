"""Find due messages that no worker was woken for (broker lost, worker died) and deliver them. Run by beat."""

from __future__ import annotations

from datetime import datetime

from haddong_portal.common import clock
from haddong_portal.notices.models import Notice
from haddong_portal.notices.services.deliver_notice import DUE_STATES, deliver_notice

BATCH = 200


def sweep_notices(*, now: datetime | None = None) -> int:
    """Deliver up to BATCH due messages, oldest first; returns how many this run handled."""
    moment = now or clock.now()
    due = Notice.objects.filter(state__in=DUE_STATES, next_attempt_at__lte=moment).order_by("next_attempt_at")
    ids = list(due.values_list("pk", flat=True)[:BATCH])
    return sum(deliver_notice(notice_id=pk, now=now) != "skipped" for pk in ids)
