"""Open one message under one's own bell: it counts as read. Whoever is signed in; writes read_at of the Notice."""

from __future__ import annotations

from datetime import datetime

from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound
from haddong_portal.notices.selectors.bell import own_messages


def open_message(*, actor: Actor, notice_id: int, now: datetime | None = None) -> str:
    """Where the message leads, a path of this portal or ""; NotFound `notice.not_found` for somebody else's."""
    own = own_messages(actor).filter(pk=notice_id)
    notice = own.first()
    if notice is None:
        raise NotFound("Không tìm thấy tin này.", code="notice.not_found")
    own.filter(read_at__isnull=True).update(read_at=now or clock.now())
    return notice.link
