"""What of notices is erased or masked by age. A masked row still proves what was sent when, and whether it arrived."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from haddong_portal.notices.constants import FORGOTTEN, CallState, NoticeChannel, NoticeState
from haddong_portal.notices.models import CallTask, Notice
from haddong_portal.plumbing.retention import RetentionSource, register_retention

CLOSED = (NoticeState.SENT, NoticeState.GAVE_UP, NoticeState.CANCELLED)


def old_words(before: datetime) -> QuerySet[Notice]:
    """Messages that are over and still say what they said, or to whom."""
    over = Notice.objects.filter(state__in=CLOSED, created_at__lt=before).exclude(channel=NoticeChannel.PORTAL)
    return over.exclude(body=FORGOTTEN, recipient__filled=False)


def read_messages(before: datetime) -> QuerySet[Notice]:
    """Messages under the bell that their reader opened before that moment."""
    return Notice.objects.filter(channel=NoticeChannel.PORTAL, read_at__lt=before)


def old_calls(before: datetime) -> QuerySet[CallTask]:
    """Calls that are over and still say who was called."""
    return CallTask.objects.filter(closed_at__lt=before, phone__filled=True).exclude(state=CallState.OPEN)


def register() -> None:
    """Called once, when the app is ready."""
    for source in (
        RetentionSource(
            "notice-words",
            "Nội dung và nơi nhận của thông báo",
            "Che người nhận, nơi nhận và nội dung tin nhắn, thư; dòng thông báo và trạng thái gửi vẫn còn.",
            old_words,
            {"recipient": "", "recipient_name": "", "subject": "", "body": FORGOTTEN, "link": "", "last_error": ""},
        ),
        RetentionSource(
            "read-messages",
            "Tin trong cổng đã đọc",
            "Xóa tin gửi cho cán bộ trong cổng sau khi họ đã đọc.",
            read_messages,
        ),
        RetentionSource(
            "calls",
            "Người nghe trong danh sách gọi điện",
            "Che tên, số điện thoại và lời gọi của việc gọi đã xong; kết quả gọi vẫn còn.",
            old_calls,
            {"recipient_name": "", "phone": "", "script": ""},
        ),
    ):
        register_retention(source)
