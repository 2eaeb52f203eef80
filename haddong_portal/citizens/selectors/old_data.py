"""What of citizens is erased by age."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from haddong_portal.citizens.models import CitizenSession, PhoneChallenge, ResidenceLookUp
from haddong_portal.plumbing.retention import RetentionSource, register_retention


def old_challenges(before: datetime) -> QuerySet[PhoneChallenge]:
    """Codes that ended before that moment, used or not."""
    return PhoneChallenge.objects.filter(expires_at__lt=before)


def old_look_ups(before: datetime) -> QuerySet[ResidenceLookUp]:
    """Look-ups made before that moment that still say what they showed."""
    return ResidenceLookUp.objects.filter(at__lt=before, shown__filled=True)


def old_sessions(before: datetime) -> QuerySet[CitizenSession]:
    """Citizens' sessions that began before that moment; that they signed in stays in the audit log."""
    return CitizenSession.objects.filter(started_at__lt=before)


def register() -> None:
    """Called once, when the app is ready."""
    register_retention(
        RetentionSource(
            "phone-challenges",
            "Mã xác nhận số điện thoại",
            "Xóa mã đã hết hạn cùng số điện thoại được gửi.",
            old_challenges,
        )
    )
    register_retention(
        RetentionSource(
            "residence-look-ups",
            "Kết quả tra cứu cư trú",
            "Xóa nội dung đã tra được; giữ lại ai tra, khi nào, về hồ sơ nào.",
            old_look_ups,
            {"shown": ""},
        )
    )
    register_retention(
        RetentionSource(
            "citizen-sessions",
            "Phiên đăng nhập của công dân",
            "Xóa phiên đã cũ; việc đăng nhập vẫn còn trong nhật ký.",
            old_sessions,
        )
    )
