"""What of linked workflows is emptied by age: the contents of messages. That they went, and the receipts, stay."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from haddong_portal.plumbing.retention import RetentionSource, register_retention
from interlink.constants import CaseState, MessageState, ReplyState
from interlink.models import AgencyMessage, AgencyReply

OVER = (CaseState.ENDED, CaseState.STOPPED)
AT_REST = (MessageState.ACKNOWLEDGED, MessageState.WITHDRAWN, MessageState.REJECTED, MessageState.DEAD)


def old_messages(before: datetime) -> QuerySet[AgencyMessage]:
    """Contents sent in cases that were over by then."""
    rows = AgencyMessage.objects.filter(state__in=AT_REST, leg__case__state__in=OVER, payload__filled=True)
    return rows.filter(leg__case__ended_at__lt=before)


def old_replies(before: datetime) -> QuerySet[AgencyReply]:
    """Contents received in such cases, and those that nobody could match."""
    unmatched = Q(state=ReplyState.UNMATCHED, received_at__lt=before)
    applied = Q(message__leg__case__state__in=OVER, message__leg__case__ended_at__lt=before)
    rows = AgencyReply.objects.exclude(state=ReplyState.WAITING).filter(unmatched | applied)
    return rows.filter(Q(payload__filled=True) | Q(jws__filled=True))


def register() -> None:
    """Called once, when the app is ready."""
    register_retention(
        RetentionSource(
            "agency-messages",
            "Tin gửi cơ quan liên thông",
            "Xóa nội dung tin đã gửi của hồ sơ liên thông đã kết thúc; thời điểm gửi và biên nhận có ký vẫn còn.",
            old_messages,
            {"payload": ""},
        )
    )
    register_retention(
        RetentionSource(
            "agency-replies",
            "Tin trả lời của cơ quan liên thông",
            "Xóa nội dung tin trả lời của hồ sơ liên thông đã kết thúc; loại tin và thời điểm vẫn còn.",
            old_replies,
            {"payload": "", "jws": ""},
        )
    )
