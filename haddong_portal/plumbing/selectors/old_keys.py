"""What of plumbing is erased by age."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from haddong_portal.plumbing.models import IdempotencyKey
from haddong_portal.plumbing.retention import RetentionSource, register_retention


def old_keys(before: datetime) -> QuerySet[IdempotencyKey]:
    """Keys that no client repeats any more."""
    return IdempotencyKey.objects.filter(created_at__lt=before)


def register() -> None:
    """Called once, when the app is ready."""
    register_retention(
        RetentionSource(
            "idempotency-keys",
            "Khóa chống gửi trùng",
            "Xóa khóa và câu trả lời đã gửi cho hệ thống khác; sau đó gửi lại cùng khóa sẽ là yêu cầu mới.",
            old_keys,
        )
    )
