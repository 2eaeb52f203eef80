"""Mark all messages under one's own bell as read. Whoever is signed in; writes read_at of own Notices."""

from __future__ import annotations

from datetime import datetime

from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.notices.selectors.bell import own_messages


def read_messages(*, actor: Actor, now: datetime | None = None) -> int:
    """How many were unread till now."""
    return own_messages(actor).filter(read_at__isnull=True).update(read_at=now or clock.now())
