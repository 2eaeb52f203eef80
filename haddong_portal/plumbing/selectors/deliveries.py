"""Events that could not be handed over, for the screen of failures."""

from __future__ import annotations

from haddong_portal.plumbing.models import DeliveryState, EventDelivery

LIST_MAX = 200


def given_up_deliveries() -> list[EventDelivery]:
    """The latest failures first, at most LIST_MAX."""
    return list(EventDelivery.objects.filter(state=DeliveryState.GAVE_UP).order_by("-pk")[:LIST_MAX])
