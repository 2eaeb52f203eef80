"""Apply the replies that wait: those whose wake-up was lost, and those whose worker died. System."""

from __future__ import annotations

import logging
from datetime import datetime

from haddong_portal.common import clock
from interlink.constants import ReplyState
from interlink.models import AgencyReply
from interlink.services.apply_reply import apply_reply

BATCH = 500
logger = logging.getLogger("haddong.linked")


def sweep_replies(*, now: datetime | None = None) -> int:
    """How many were applied; one that fails stays and does not hold up the others."""
    moment = clock.local(now or clock.now())
    waiting = AgencyReply.objects.filter(state=ReplyState.WAITING).order_by("id").values_list("pk", flat=True)
    applied = 0
    for reply_id in list(waiting[:BATCH]):
        try:
            apply_reply(reply_id=reply_id, now=moment)
            applied += 1
        except Exception:  # whatever it is, the next sweep tries again
            logger.warning("reply %s could not be applied", reply_id, exc_info=True)
    return applied
