"""Put a message that was laid aside back into the outbox. Whoever may `interlink.release_message`; one audit row."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, NotFound
from haddong_portal.common.jobs import JobName, enqueue
from interlink.constants import MessageState
from interlink.models import AgencyMessage, LinkedCase
from interlink.permissions import RELEASE_MESSAGE

LAID_ASIDE = (MessageState.DEAD, MessageState.REJECTED)


@transaction.atomic
def release_message(*, actor: Actor, message_id: UUID | str, now: datetime | None = None) -> AgencyMessage:
    """It counts its tries anew. Raises NotAllowed, NotFound message.not_found, Conflict message.not_laid_aside."""
    actor.require(RELEASE_MESSAGE)
    moment = now or clock.now()
    visible = LinkedCase.objects.visible_to(actor)
    rows = AgencyMessage.objects.filter(pk=message_id, leg__case__in=visible).select_related("leg__case")
    message = rows.select_for_update(no_key=True, of=("self",)).first()
    if message is None:
        raise NotFound("Không tìm thấy tin này.", code="message.not_found")
    if message.state not in LAID_ASIDE:
        raise Conflict("message.not_laid_aside", "Tin này không ở trạng thái ngừng thử.")
    message.state, message.attempts, message.next_attempt_at = MessageState.PENDING, 0, moment
    message.save(update_fields=["state", "attempts", "next_attempt_at"])
    record_access(
        actor=actor,
        action=RELEASE_MESSAGE,
        object_type="agency_message",
        object_id=str(message.pk),
        purpose=f"gửi lại tin của hồ sơ {message.leg.case.code}",
        now=moment,
    )
    enqueue(JobName.SEND_AGENCY_MESSAGE, str(message.pk))
    return message
