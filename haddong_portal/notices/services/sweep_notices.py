"""Find due messages that no worker was woken for (broker lost, worker died) and deliver them. Run by beat."""

from __future__ import annotations

import time
from datetime import datetime

from haddong_portal.common import clock
from haddong_portal.notices.models import Notice
from haddong_portal.notices.services.deliver_notice import DUE_STATES, SKIPPED, deliver_notice

BATCH = 200
# A provider that lets every message wait must not keep a worker from its other work.
SWEEP_SECONDS_MAX = 20.0


def sweep_notices(*, now: datetime | None = None) -> int:
    """Deliver up to BATCH due messages, oldest first; returns how many this run handled."""
    moment, until = now or clock.now(), time.monotonic() + SWEEP_SECONDS_MAX
    due = Notice.objects.filter(state__in=DUE_STATES, next_attempt_at__lte=moment).order_by("next_attempt_at")
    handled = 0
    for notice_id in list(due.values_list("pk", flat=True)[:BATCH]):
        handled += deliver_notice(notice_id=notice_id, now=now) != SKIPPED
        if time.monotonic() > until:
            break
    return handled
