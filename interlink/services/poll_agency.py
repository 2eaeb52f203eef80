"""Ask connected agencies for replies past the cursor; each reply is kept before the cursor moves. Run by beat."""

from __future__ import annotations

import logging
from datetime import datetime

from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from interlink.connectors.base import ConnectorError
from interlink.connectors.choice import connector_of
from interlink.constants import Transport
from interlink.models import Agency
from interlink.services.agency_health import is_paused, note_failure, note_success
from interlink.services.receive_reply import receive_reply

logger = logging.getLogger("haddong.interlink")

PAGE = 50
PAGES_MAX = 20


def poll_agencies(*, now: datetime | None = None) -> int:
    """How many replies were new, over all connected agencies."""
    rows = Agency.objects.filter(transport=Transport.REST, is_active=True)
    return sum(poll_agency(agency=agency, now=now) for agency in rows)


def poll_agency(*, agency: Agency, now: datetime | None = None) -> int:
    """How many replies were new. A kill between two of them costs nothing: they are asked for again and known."""
    moment = now or clock.now()
    if is_paused(agency, moment):
        return 0
    new, cursor = 0, agency.reply_cursor
    for _ in range(PAGES_MAX):
        try:
            polled = connector_of(agency).poll(agency, cursor=cursor, limit=PAGE)
        except ConnectorError as error:
            logger.warning("poll of %s failed: %s", agency.code, error.text)
            note_failure(agency, moment)
            return new
        new += sum(_kept(agency, signed, now) for signed in polled.replies)
        if polled.cursor != cursor:
            Agency.objects.filter(pk=agency.pk, reply_cursor=cursor).update(reply_cursor=polled.cursor)
            cursor = polled.cursor
        if len(polled.replies) < PAGE:
            break
    note_success(agency, moment)
    return new


def _kept(agency: Agency, signed: str, now: datetime | None) -> bool:
    """An unreadable reply stays out and must not stand in the way of the next."""
    try:
        return not receive_reply(agency=agency, signed=signed, now=now).already
    except DomainError as error:
        logger.error("a reply of %s was refused: %s", agency.code, error.data.get("reason"))
        return False
