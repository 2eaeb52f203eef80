"""Send what is due and no worker was woken for (broker lost, worker died, wait over). Run by beat."""

from __future__ import annotations

import time
from datetime import datetime

from haddong_portal.common import clock
from interlink.models import AgencyMessage
from interlink.services.send_message import DUE_STATES, SKIPPED, send_message

BATCH = 200
# An agency that lets every message wait must not keep a worker from its other work.
SWEEP_SECONDS_MAX = 20.0


def sweep_messages(*, now: datetime | None = None) -> int:
    """Send up to BATCH due messages, oldest first; returns how many this run handled."""
    moment, until = now or clock.now(), time.monotonic() + SWEEP_SECONDS_MAX
    due = AgencyMessage.objects.filter(state__in=DUE_STATES, next_attempt_at__lte=moment).order_by("next_attempt_at")
    handled = 0
    for message_id in list(due.values_list("pk", flat=True)[:BATCH]):
        handled += send_message(message_id=message_id, now=now) != SKIPPED
        if time.monotonic() > until:
            break
    return handled
