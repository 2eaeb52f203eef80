"""The outbox, its words and quiet hours, and the phone call list."""

from haddong_portal.notices.models.calls import CallAttempt, CallTask
from haddong_portal.notices.models.outbox import Notice, NoticeAttempt
from haddong_portal.notices.models.settings import NoticeTemplate, QuietHours

__all__ = ["CallAttempt", "CallTask", "Notice", "NoticeAttempt", "NoticeTemplate", "QuietHours"]
