"""Hand one event to one subscriber: once if all goes well, again after growing pauses if not, then given up.

System only. The delivery row is locked while the handler runs, so two workers never run the same one; the
handler's writes and the row's new state commit together. A handler that fails leaves nothing behind but the reason.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction

from haddong_portal.common import clock
from haddong_portal.plumbing.models import DeliveryState, EventDelivery
from haddong_portal.plumbing.subscriptions import subscriber_named

ATTEMPTS_MAX = 8
FIRST_PAUSE_SECONDS = 15
ERROR_LENGTH_MAX = 1000

logger = logging.getLogger("haddong.events")


def deliver_event(*, delivery_id: int, now: datetime | None = None) -> bool:
    """Whether this call delivered it; False when it was done, held by another worker, or failed."""
    moment = now or clock.now()
    with transaction.atomic():
        row = EventDelivery.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=delivery_id).first()
        if row is None or row.state != DeliveryState.PENDING:
            return False
        try:
            with transaction.atomic():
                _hand_over(row)
        except Exception as error:  # whatever a subscriber raises is kept with the row
            _note_failure(row, error, moment)
            return False
        row.state, row.done_at = DeliveryState.DONE, moment
        row.save(update_fields=["state", "done_at"])
    return True


def _hand_over(row: EventDelivery) -> None:
    subscriber = subscriber_named(row.subscriber)
    if subscriber is None:
        raise LookupError(f"no subscriber named {row.subscriber!r}")
    subscriber.handler(row.event_id)


def _note_failure(row: EventDelivery, error: Exception, now: datetime) -> None:
    row.attempts += 1
    row.last_error = f"{type(error).__name__}: {error}"[:ERROR_LENGTH_MAX]
    row.next_attempt_at = now + timedelta(seconds=FIRST_PAUSE_SECONDS * 2 ** (row.attempts - 1))
    if row.attempts >= ATTEMPTS_MAX:
        row.state = DeliveryState.GAVE_UP
    row.save(update_fields=["attempts", "last_error", "next_attempt_at", "state"])
    logger.warning("event delivery %s to %s failed (%s)", row.pk, row.subscriber, type(error).__name__, exc_info=error)


def retry_delivery(*, delivery_id: int, now: datetime | None = None) -> None:
    """Start again with a delivery that was given up: the button on the screen of failures."""
    EventDelivery.objects.filter(pk=delivery_id, state=DeliveryState.GAVE_UP).update(
        state=DeliveryState.PENDING, attempts=0, next_attempt_at=now or clock.now()
    )
