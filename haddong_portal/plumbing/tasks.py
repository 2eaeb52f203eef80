"""Doors to the deliveries: ids in, one service call, safe to run twice."""

from __future__ import annotations

from celery import shared_task

from haddong_portal.plumbing.services import deliver_event as delivery
from haddong_portal.plumbing.services import sweep_deliveries as sweeping


@shared_task(name="plumbing.deliver_event")
def deliver_event(delivery_id: int) -> None:
    """One event to one subscriber."""
    delivery.deliver_event(delivery_id=delivery_id)


@shared_task(name="plumbing.sweep_deliveries")
def sweep_deliveries() -> None:
    """Deliveries whose message was lost, and those whose pause is over; every 15 seconds."""
    sweeping.sweep_deliveries()
