"""Open a batch for an old book, and put its scanned files in: clerks and head of a unit, for their own unit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from dossiers.papers.constants import ScanKind
from dossiers.papers.models import ScanBatch, ScanItem
from dossiers.papers.permissions import DIGITISE
from dossiers.papers.services.add_scan_pages import keep_pages
from dossiers.papers.services.book_locking import lock_book
from dossiers.papers.services.finish_capture import findings_of, queue_scan
from dossiers.papers.services.open_scan import new_item
from dossiers.papers.services.paper_data import paper_type_of
from dossiers.papers.services.scan_pictures import page_pictures
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError
from haddong_portal.common.text import clean_text

TITLE_LENGTH_MAX = 200


def open_book(
    *, actor: Actor, title: str, type_code: str, book_year: int | None = None, now: datetime | None = None
) -> ScanBatch:
    """The batch, with today's sample share and error limit. Raises DomainError scan.no_title, paper.unknown_type."""
    actor.require(DIGITISE)
    named = clean_text(title)[:TITLE_LENGTH_MAX]
    if not named or actor.unit_id is None or actor.user_id is None:
        raise DomainError("scan.no_title", "Chưa ghi tên sổ.", "title")
    return ScanBatch.objects.create(
        kind=ScanKind.BOOK,
        unit_id=actor.unit_id,
        title=named,
        book_year=book_year,
        type=paper_type_of(type_code),
        sample_percent=settings.SCAN_SAMPLE_PERCENT,
        error_percent_max=settings.SCAN_ERROR_PERCENT_MAX,
        created_by_id=actor.user_id,
        created_at=now or clock.now(),
    )


def add_book_file(
    *,
    actor: Actor,
    batch_id: UUID,
    content: bytes,
    name: str,
    file_mark: str = "",
    now: datetime | None = None,
) -> ScanItem:
    """One file is one paper of the book; it goes to the worker at once. `file_mark` names a file that comes by itself.

    Raises the refusals of `lock_book` and `page_pictures`, Conflict scan.sample_drawn, scan.file_known.
    """
    with transaction.atomic():
        _refuse_known(lock_book(actor=actor, right=DIGITISE, batch_id=batch_id), file_mark)
    pictures = page_pictures(content, name)
    moment = now or clock.now()
    with transaction.atomic():
        batch = lock_book(actor=actor, right=DIGITISE, batch_id=batch_id)
        if ScanItem.objects.filter(batch=batch, in_sample=True).exists():
            raise Conflict("scan.sample_drawn", "Đã lấy mẫu kiểm tra nên không thêm giấy vào đợt này nữa.")
        _refuse_known(batch, file_mark)
        assert batch.type is not None, "scan_batch_of_its_kind"
        item = new_item(batch, actor, name=clean_text(name) or batch.title, type_code=batch.type.code, now=moment)
        keep_pages(item, pictures, by_camera=False, now=moment)
        item.page_count_declared, item.file_mark = len(pictures), file_mark
        found = findings_of(item, declared=len(pictures), has_stamp=False)
        item.findings = [{"code": one.code, "sentence": one.sentence, "page": one.page} for one in found]
        queue_scan(item, now=moment)
    return item


def _refuse_known(batch: ScanBatch, file_mark: str) -> None:
    if file_mark and ScanItem.objects.filter(batch=batch, file_mark=file_mark).exists():
        raise Conflict("scan.file_known", "Tệp này đã có trong đợt.")
