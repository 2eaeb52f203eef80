"""What went to agencies and came back for one case, in the order of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from haddong_portal.common.web.looks import Look
from interlink.constants import MessageState, ReplyState
from interlink.models import AgencyMessage, AgencyReply, LinkedCase

MESSAGE_LOOKS: Mapping[str, Look] = {
    MessageState.PENDING: Look("Chờ gửi", "clock", "warn"),
    MessageState.SENT: Look("Đã gửi, chưa có biên nhận", "send", "info"),
    MessageState.ACKNOWLEDGED: Look("Đã có biên nhận", "circle-check", "done"),
    MessageState.REJECTED: Look("Bị từ chối nhận", "circle-x", "late"),
    MessageState.DEAD: Look("Ngừng thử", "alert-triangle", "late"),
    MessageState.WITHDRAWN: Look("Thu hồi trước khi gửi", "arrow-back-up", "none"),
}
REPLY_LOOKS: Mapping[str, Look] = {
    ReplyState.WAITING: Look("Chờ xử lý", "clock", "warn"),
    ReplyState.APPLIED: Look("Đã áp dụng", "circle-check", "done"),
    ReplyState.LATE: Look("Đến sau, không đổi gì", "history", "none"),
    ReplyState.UNMATCHED: Look("Không rõ của yêu cầu nào", "help-circle", "late"),
}
GIVEN_UP = (MessageState.DEAD, MessageState.REJECTED)


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message either way. `given_up`: it can be released; no content is read here."""

    at: datetime
    is_outgoing: bool
    agency: str
    leg_name: str
    what: str
    note: str
    look: Look
    attempts: int
    message_id: str
    has_receipt: bool
    given_up: bool


def message_log(case: LinkedCase) -> list[MessageLine]:
    """Two statements."""
    sent = AgencyMessage.objects.filter(leg__case=case).select_related("agency", "leg").defer("payload", "leg__result")
    back = AgencyReply.objects.filter(message__leg__case=case).select_related("agency", "message__leg")
    unread = ("payload", "jws", "message__payload", "message__leg__result", "message__receipt")
    return sorted([*_sent(sent), *_replies(back.defer(*unread))], key=lambda line: line.at)


def _sent(rows: Iterable[AgencyMessage]) -> list[MessageLine]:
    return [
        MessageLine(
            at=row.sent_at or row.created_at,
            is_outgoing=True,
            agency=row.agency.name,
            leg_name=row.leg.name,
            what=_numbered(str(row.get_kind_display()), row.number),
            note=row.last_error,
            look=MESSAGE_LOOKS[row.state],
            attempts=row.attempts,
            message_id=str(row.pk),
            has_receipt=bool(row.receipt),
            given_up=row.state in GIVEN_UP,
        )
        for row in rows
    ]


def _replies(rows: Iterable[AgencyReply]) -> list[MessageLine]:
    return [
        MessageLine(
            at=row.received_at,
            is_outgoing=False,
            agency=row.agency.name,
            leg_name=row.message.leg.name if row.message else "",
            what=f"{row.get_kind_display()} (tin {row.sequence})",
            note=row.note,
            look=REPLY_LOOKS[row.state],
            attempts=0,
            message_id=row.wire_id,
            has_receipt=False,
            given_up=False,
        )
        for row in rows
    ]


def _numbered(what: str, number: int) -> str:
    return what if number == 1 else f"{what} lần {number}"
