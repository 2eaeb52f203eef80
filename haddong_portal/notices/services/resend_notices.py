"""Send again all given-up messages that a page of the dead list shows. Right notice.resend; writes Notices, audit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.notices.constants import FORGOTTEN, SECRET_EVENTS, NoticeState
from haddong_portal.notices.selectors.notices import visible_notices
from haddong_portal.notices.services.resend_notice import queue_again


@transaction.atomic
def resend_notices(*, actor: Actor, notice_ids: Collection[int], now: datetime | None = None) -> int:
    """How many were queued again; those that are sent by now, one-time codes and strangers' are passed over."""
    actor.require("notice.resend")
    moment = now or clock.now()
    dead = visible_notices(actor).filter(pk__in=notice_ids, state=NoticeState.GAVE_UP).exclude(event__in=SECRET_EVENTS)
    dead = dead.exclude(body=FORGOTTEN)
    found = list(dead.select_for_update(no_key=True).order_by("pk"))
    for notice in found:
        queue_again(actor, notice, moment)
    return len(found)
