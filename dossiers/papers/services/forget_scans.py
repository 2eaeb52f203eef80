"""Let go of the pages and files of scans that are erased by age. System, in the transaction of the retention run."""

from __future__ import annotations

from django.db.models import QuerySet

from dossiers.papers.models import ScanItem, ScanPage
from dossiers.papers.selectors.old_data import old_scans
from dossiers.papers.services.forget_files import forget_files
from haddong_portal.plumbing.retention import RetentionSource, register_retention


def forget_scans(items: QuerySet[ScanItem]) -> None:
    """The rows of the scans themselves are left to the caller."""
    pages = ScanPage.objects.filter(item__in=items)
    files = [page.file for page in pages.select_related("file")]
    files += [item.made for item in items.select_related("made").defer("text") if item.made is not None]
    pages.delete()
    items.update(made=None)
    forget_files(files)


def register() -> None:
    """Called once, when the app is ready."""
    register_retention(
        RetentionSource(
            "unfinished-scans",
            "Bản quét dở dang",
            "Xóa bản quét tại quầy mà không ai xác nhận, cùng các ảnh trang; giấy tờ đã vào kho vẫn còn.",
            old_scans,
            let_go=forget_scans,
        )
    )
