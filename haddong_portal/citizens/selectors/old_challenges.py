"""What of citizens is erased by age."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from haddong_portal.citizens.models import PhoneChallenge
from haddong_portal.plumbing.retention import RetentionSource, register_retention


def old_challenges(before: datetime) -> QuerySet[PhoneChallenge]:
    """Codes that ended before that moment, used or not."""
    return PhoneChallenge.objects.filter(expires_at__lt=before)


def register() -> None:
    """Called once, when the app is ready."""
    register_retention(
        RetentionSource(
            "phone-challenges",
            "Mã xác nhận số điện thoại",
            "Xoá mã đã hết hạn cùng số điện thoại được gửi.",
            old_challenges,
        )
    )
