"""What of dossiers is erased or masked by age. The dossier, its events, slips and books are kept."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from dossiers.models import FilingDraft, HandOver, IntakeDraft
from haddong_portal.plumbing.retention import RetentionSource, register_retention


def old_drafts(before: datetime) -> QuerySet[IntakeDraft]:
    """Intakes that nobody has gone on with."""
    return IntakeDraft.objects.filter(updated_at__lt=before)


def old_filings(before: datetime) -> QuerySet[FilingDraft]:
    """Online forms that were never sent in; their files go with them."""
    return FilingDraft.objects.filter(updated_at__lt=before)


def old_strokes(before: datetime) -> QuerySet[HandOver]:
    """Hand-overs that still hold the drawn signature."""
    return HandOver.objects.filter(handed_at__lt=before, signature_svg__filled=True)


def register() -> None:
    """Called once, when the app is ready."""
    for source in (
        RetentionSource(
            "intake-drafts",
            "Bản tiếp nhận nhập dở",
            "Xóa bản tiếp nhận chưa xong mà không ai làm tiếp.",
            old_drafts,
        ),
        RetentionSource(
            "filing-drafts",
            "Bản khai trực tuyến",
            "Xóa bản khai trực tuyến không ai nộp tiếp, cùng các tệp đã tải lên; hồ sơ đã nộp vẫn còn.",
            old_filings,
        ),
        RetentionSource(
            "signature-strokes",
            "Nét ký nhận kết quả",
            "Xóa nét ký vẽ trên bảng; người nhận, cách ký và ngày trả vẫn còn.",
            old_strokes,
            {"signature_svg": ""},
        ),
    ):
        register_retention(source)
