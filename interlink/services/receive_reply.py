"""Keep an agency's reply: signature proven, one row per agency and message id, then a worker applies it. System.

The same reply twice is one row; what cannot be matched to a message of ours is kept and seen by the operators.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.common.insert import insert_or_nothing
from haddong_portal.common.jobs import JobName, enqueue
from interlink.constants import ReplyState
from interlink.models import Agency, AgencyMessage, AgencyReply
from interlink.wire.errors import WireError
from interlink.wire.messages import Reply, read_reply
from interlink.wire.signing import REPLY, verify


@dataclass(frozen=True, slots=True)
class ReceivedReply:
    """`already` when this message id was here before: nothing was written then."""

    wire_id: str
    already: bool


def receive_reply(*, agency: Agency, signed: str, wire_id: str = "", now: datetime | None = None) -> ReceivedReply:
    """`wire_id` is the message id that a header claims.

    Raises DomainError reply.refused with the wire's code in `data`; nothing is kept then.
    """
    try:
        reply = read_reply(verify(signed, keys=agency.jwks, kind=REPLY))
        if wire_id and wire_id != reply.message_id:
            raise WireError("wire.headers_differ")
    except WireError as error:
        status = 401 if error.code in UNPROVEN else 400
        told = "Tin của cơ quan không hợp lệ."
        raise DomainError("reply.refused", told, status=status, data={"reason": error.code}) from error
    return _keep(agency, reply, signed, now or clock.now())


UNPROVEN = frozenset({"wire.bad_signature", "wire.unknown_key_id", "wire.wrong_kind"})


@transaction.atomic
def _keep(agency: Agency, reply: Reply, signed: str, now: datetime) -> ReceivedReply:
    row = AgencyReply(
        agency=agency,
        wire_id=reply.message_id,
        correlation=reply.correlation,
        message=_message(agency, reply.correlation),
        sequence=reply.sequence,
        kind=reply.kind,
        payload=json.dumps(reply.content(), ensure_ascii=False),
        jws=signed,
        received_at=now,
        state=ReplyState.WAITING,
    )
    if not insert_or_nothing(row):
        return ReceivedReply(reply.message_id, already=True)
    enqueue(JobName.APPLY_REPLY, row.pk)
    return ReceivedReply(reply.message_id, already=False)


def _message(agency: Agency, correlation: str) -> AgencyMessage | None:
    """Ours, and sent to this very agency: no agency answers for another."""
    try:
        return AgencyMessage.objects.filter(pk=UUID(correlation), agency=agency).first()
    except ValueError:
        return None
