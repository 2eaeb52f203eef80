"""Find deliveries that the broker forgot and deliver them. System only; safe to run on several workers at once."""

from __future__ import annotations

from datetime import datetime

from haddong_portal.common import clock
from haddong_portal.plumbing.models import DeliveryState, EventDelivery
from haddong_portal.plumbing.services.deliver_event import deliver_event

BATCH = 200


def sweep_deliveries(*, now: datetime | None = None) -> int:
    """How many were delivered. A row held by another worker is passed over."""
    moment = now or clock.now()
    due = EventDelivery.objects.filter(state=DeliveryState.PENDING, next_attempt_at__lte=moment)
    ids = list(due.order_by("next_attempt_at").values_list("pk", flat=True)[:BATCH])
    return sum(deliver_event(delivery_id=pk, now=moment) for pk in ids)
