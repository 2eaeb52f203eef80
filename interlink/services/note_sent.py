"""The agency has the request for good: its signed receipt came. System, called by whoever sends.

Writes the leg; nothing when replies of the agency said more already.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haddong_portal.common.actors import system_actor
from interlink.constants import LegState, MessageKind
from interlink.models import AgencyMessage
from interlink.services.acting import NAME
from interlink.services.leg_changes import save_leg
from interlink.services.locking import lock_case


@transaction.atomic
def note_sent(*, message_id: UUID, now: datetime) -> None:
    """Takes the case's lock, so call it before or after, never while holding the message's."""
    message = AgencyMessage.objects.select_related("leg").get(pk=message_id)
    if message.kind != MessageKind.REQUEST:
        return
    locked = lock_case(case_id=message.leg.case_id, actor=system_actor(NAME), now=now)
    leg = locked.leg(message.leg.key)
    if leg.generation != message.generation or leg.sent_at is not None:
        return
    leg.sent_at = now
    if leg.state == LegState.READY:
        leg.state = LegState.SENT
    save_leg(leg)
