"""Make one durable delivery row per subscriber, in the transaction of the event; wake a worker after commit."""

from __future__ import annotations

from datetime import datetime

from haddong_portal.common.jobs import JobName, enqueue
from haddong_portal.plumbing.models import EventDelivery
from haddong_portal.plumbing.subscriptions import subscribers_of


def plan_deliveries(*, source: str, kind: str, event_id: int, now: datetime) -> None:
    """Nothing is written when nobody listens."""
    listeners = subscribers_of(source, kind)
    if not listeners:
        return
    rows = EventDelivery.objects.bulk_create(
        EventDelivery(
            event_kind=kind,
            event_source=source,
            event_id=event_id,
            subscriber=listener.name,
            next_attempt_at=now,
            created_at=now,
        )
        for listener in listeners
    )
    for row in rows:
        enqueue(JobName.DELIVER_EVENT, row.pk)
