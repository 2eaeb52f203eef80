"""Type in what an agency without a line answered on paper. Whoever may `interlink.record_outcome`; one audit row.

It becomes a reply like any other and is applied at once; the number and date on the paper are its proof.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotFound
from haddong_portal.common.text import clean_text
from interlink.constants import MessageState, ReplyKind, ReplyState, Transport
from interlink.models import AgencyMessage, AgencyReply, LinkedCase
from interlink.permissions import RECORD_OUTCOME
from interlink.services.apply_reply import apply_reply
from interlink.services.note_sent import note_sent

NEEDS_REASON = (ReplyKind.REFUSED, ReplyKind.RETURNED, ReplyKind.SUPPLEMENT)
BY_HAND = "giấy"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReplyData:
    """As written on the agency's paper. `facts` are results by their key (personal_id, card_number)."""

    kind: ReplyKind
    number: str = ""
    on: date | None = None
    text: str = ""
    reason: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def record_paper_reply(
    *, actor: Actor, message_id: UUID | str, reply: PaperReplyData, now: datetime | None = None
) -> ReplyState:
    """What became of it. Raises NotAllowed, NotFound message.not_found, Conflict message.by_wire, DomainError
    reply.number_missing, reply.reason_missing."""
    actor.require(RECORD_OUTCOME)
    _check(reply)
    moment = now or clock.now()
    rows = AgencyMessage.objects.filter(pk=message_id, leg__case__in=LinkedCase.objects.visible_to(actor))
    message = rows.select_related("agency", "leg__case").first()
    if message is None:
        raise NotFound("Không tìm thấy tin này.", code="message.not_found")
    if message.agency.transport != Transport.PAPER:
        raise Conflict("message.by_wire", "Cơ quan này trả lời qua kết nối điện tử.")
    note_sent(message_id=message.pk, now=moment)  # takes the case's lock, so that two clerks count on
    _acknowledge(message, moment)
    kept = _row(message, reply, moment)
    kept.save(force_insert=True)
    record_access(
        actor=actor,
        action=RECORD_OUTCOME,
        object_type="agency_message",
        object_id=str(message.pk),
        purpose=f"ghi trả lời bằng giấy của hồ sơ {message.leg.case.code}",
        data={"kind": reply.kind},
        now=moment,
    )
    return apply_reply(reply_id=kept.pk, now=moment)


def _check(reply: PaperReplyData) -> None:
    if reply.kind == ReplyKind.DONE and not (clean_text(reply.number) and reply.on):
        raise DomainError("reply.number_missing", "Cần ghi số và ngày của kết quả trên giấy.", "number")
    if reply.kind in NEEDS_REASON and not clean_text(reply.reason):
        raise DomainError("reply.reason_missing", "Cần ghi lý do cơ quan nêu.", "reason")


def _acknowledge(message: AgencyMessage, now: datetime) -> None:
    """The paper that came back proves that ours arrived."""
    rows = AgencyMessage.objects.filter(pk=message.pk, state__in=(MessageState.PENDING, MessageState.SENT))
    rows.update(state=MessageState.ACKNOWLEDGED, sent_at=message.sent_at or now, ack_at=now)


def _row(message: AgencyMessage, reply: PaperReplyData, now: datetime) -> AgencyReply:
    before = AgencyReply.objects.filter(message__leg=message.leg, message__generation=message.generation)
    on = reply.on.isoformat() if reply.on else ""
    content = {
        "facts": {key: clean_text(value) for key, value in reply.facts.items()},
        "papers": [],
        "reason": clean_text(reply.reason)[:1000],
        "outcome": {"number": clean_text(reply.number)[:120], "date": on, "text": clean_text(reply.text)[:1000]},
    }
    return AgencyReply(
        agency=message.agency,
        wire_id=f"{BY_HAND}-{uuid4()}",
        correlation=str(message.pk),
        message=message,
        sequence=(before.aggregate(last=Max("sequence"))["last"] or 0) + 1,
        kind=reply.kind,
        payload=json.dumps(content, ensure_ascii=False),
        received_at=now,
    )
