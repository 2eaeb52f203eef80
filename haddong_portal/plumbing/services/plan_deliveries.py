"""Make one durable delivery row per subscriber, in the transaction of the event; wake a worker after commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from haddong_portal.common.jobs import JobName, enqueue
from haddong_portal.plumbing.models import EventDelivery
from haddong_portal.plumbing.subscriptions import subscribers_of


def plan_deliveries(*, source: str, kind: str, event_id: int, now: datetime) -> None:
    """Nothing is written when nobody listens."""
    plan_deliveries_of(source=source, kind=kind, event_ids=[event_id], now=now)


def plan_deliveries_of(*, source: str, kind: str, event_ids: Sequence[int], now: datetime) -> None:
    """The same for several events of one kind, in one statement."""
    listeners = subscribers_of(source, kind)
    if not listeners or not event_ids:
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
        for event_id in event_ids
        for listener in listeners
    )
    for row in rows:
        enqueue(JobName.DELIVER_EVENT, row.pk)
