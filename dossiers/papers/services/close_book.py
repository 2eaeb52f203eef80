"""Compare a sample of an old book and close its batch: only when the first entries were right often enough.

The head of the desk. Closing hands the papers to a worker, who signs each and puts it into its owner's store.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dossiers.papers.models import ScanBatch, ScanItem
from dossiers.papers.permissions import JUDGE_BOOKS
from dossiers.papers.rules.double_entry import sample_size
from dossiers.papers.selectors.books import BookPage, page_of
from dossiers.papers.services.book_locking import lock_book
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict
from haddong_portal.common.jobs import JobName, enqueue

CHANCE = random.SystemRandom()


@transaction.atomic
def draw_sample(*, actor: Actor, batch_id: UUID) -> int:
    """Choose by chance what is typed a second time; how many. Raises Conflict scan.not_all_entered, .sample_drawn."""
    batch = lock_book(actor=actor, right=JUDGE_BOOKS, batch_id=batch_id)
    page = page_of(batch)
    if page.sample:
        raise Conflict("scan.sample_drawn", "Mẫu kiểm tra đã được lấy.")
    _refuse_unentered(page)
    return _mark(CHANCE.sample([one.item for one in page.items], sample_size(page.total, batch.sample_percent)))


@transaction.atomic
def recheck_book(*, actor: Actor, batch_id: UUID) -> int:
    """Have the whole batch typed a second time: the way on when the sample held too many faults."""
    batch = lock_book(actor=actor, right=JUDGE_BOOKS, batch_id=batch_id)
    page = page_of(batch)
    _refuse_unentered(page)
    return _mark([one.item for one in page.items if not one.item.in_sample])


@transaction.atomic
def close_book(*, actor: Actor, batch_id: UUID, now: datetime | None = None) -> ScanBatch:
    """The closed batch. Raises Conflict scan.sample_open, scan.error_rate."""
    batch = lock_book(actor=actor, right=JUDGE_BOOKS, batch_id=batch_id)
    page = page_of(batch)
    if not page.can_close:
        raise Conflict("scan.sample_open", "Mẫu kiểm tra chưa nhập lại xong, hoặc còn chỗ khác nhau chưa quyết định.")
    checked_all = len(page.sample) == page.total
    if page.error_percent > batch.error_percent_max and not checked_all:
        raise Conflict(
            "scan.error_rate",
            f"Mẫu sai {page.error_percent:g}%, quá mức {batch.error_percent_max}%. Phải nhập lại toàn bộ đợt này.",
        )
    batch.closed_by_id, batch.closed_at = actor.user_id, now or clock.now()
    batch.save(update_fields=["closed_by", "closed_at"])
    enqueue(JobName.FILE_BOOK, batch.pk)
    return batch


def _refuse_unentered(page: BookPage) -> None:
    if not page.items or page.entered < page.total:
        raise Conflict("scan.not_all_entered", f"Mới nhập {page.entered} / {page.total} giấy của đợt này.")


def _mark(items: Sequence[ScanItem]) -> int:
    return ScanItem.objects.filter(pk__in=[item.pk for item in items]).update(in_sample=True)
