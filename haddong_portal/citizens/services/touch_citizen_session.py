"""A signed-in citizen opens a page: the session lives on, or has ended by itself.

Whoever holds the session's key. Writes `seen_at` at most once a minute, so that reading pages costs no write.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings

from haddong_portal.citizens.models import CitizenSession
from haddong_portal.common import clock

TOUCH_EVERY = timedelta(minutes=1)


def touch_citizen_session(*, session_id: uuid.UUID, now: datetime | None = None) -> CitizenSession | None:
    """The open session; None when it was ended, has been idle too long, or is too old."""
    moment = now or clock.now()
    session = CitizenSession.objects.filter(
        pk=session_id,
        ended_at__isnull=True,
        seen_at__gt=moment - timedelta(minutes=settings.CITIZEN_IDLE_MINUTES),
        started_at__gt=moment - timedelta(hours=settings.CITIZEN_SESSION_HOURS),
    ).first()
    if session is not None and moment >= session.seen_at + TOUCH_EVERY:
        session.seen_at = moment
        session.save(update_fields=["seen_at"])
    return session
