"""Write down what goes to an agency, in the act's transaction; after commit a worker sends it.

A leg's request is unique per generation, so that whatever dies or runs twice, an agency is asked once.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max

from haddong_portal.common.jobs import JobName, enqueue
from interlink.constants import MessageKind
from interlink.models import Agency, AgencyMessage, Leg


def queue_message(
    *, leg: Leg, kind: MessageKind, payload: Mapping[str, object], now: datetime, agency: Agency | None = None
) -> AgencyMessage:
    """The message. A request's number is always 1; others count on within the leg's generation."""
    number = 1
    if kind != MessageKind.REQUEST:
        rows = AgencyMessage.objects.filter(leg=leg, generation=leg.generation, kind=kind)
        number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    message = AgencyMessage.objects.create(
        id=uuid.uuid4(),
        agency=agency or leg.agency,
        leg=leg,
        generation=leg.generation,
        kind=kind,
        number=number,
        payload=json.dumps(payload, ensure_ascii=False),
        next_attempt_at=now,
        created_at=now,
    )
    enqueue(JobName.SEND_AGENCY_MESSAGE, str(message.pk))
    return message
