"""A citizen signs out. Whoever holds the session's key; ends the CitizenSession and writes an audit row."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.citizens.models import CitizenSession
from haddong_portal.citizens.services.sign_in_citizen import citizen_actor
from haddong_portal.common import clock


@transaction.atomic
def sign_out_citizen(*, session_id: uuid.UUID, now: datetime | None = None) -> None:
    """Twice is once: an ended session is left as it is."""
    session = CitizenSession.objects.select_for_update(no_key=True).filter(pk=session_id).first()
    if session is None or session.ended_at is not None:
        return
    moment = now or clock.now()
    session.ended_at = moment
    session.save(update_fields=["ended_at"])
    record_access(
        actor=citizen_actor(session.person_id),
        action="citizen.signed_out",
        object_type="person",
        object_id=session.person_id,
        person_id=session.person_id,
        now=moment,
    )
