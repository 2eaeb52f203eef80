"""Wake a worker for scans whose message was lost, whose wait is over, or whose worker died. System."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from dossiers.papers.constants import ScanState
from dossiers.papers.models import ScanItem
from haddong_portal.common import clock
from haddong_portal.common.jobs import JobName, enqueue

BATCH = 50


@transaction.atomic
def sweep_scans(*, now: datetime | None = None) -> int:
    """How many were woken. One that a dead worker held is queued again; its tries are counted on."""
    moment = now or clock.now()
    silent = moment - timedelta(seconds=settings.SCAN_CLAIM_SECONDS)
    due = Q(state=ScanState.QUEUED, next_attempt_at__lte=moment) | Q(state=ScanState.WORKING, touched_at__lt=silent)
    items = list(ScanItem.objects.select_for_update(skip_locked=True).filter(due).order_by("id")[:BATCH])
    for item in items:
        if item.state == ScanState.WORKING:
            item.state, item.next_attempt_at = ScanState.QUEUED, moment
            item.save(update_fields=["state", "next_attempt_at"])
        enqueue(JobName.READ_SCAN, item.pk)
    books = _books_to_file(silent)
    for batch_id in books:
        enqueue(JobName.FILE_BOOK, batch_id)
    return len(items) + len(books)


def _books_to_file(silent: datetime) -> list[int]:
    """Closed books with papers that still wait for their store, and nobody at them."""
    waiting = ScanItem.objects.filter(batch__closed_at__lt=silent, state=ScanState.READY)
    return list(waiting.order_by("batch_id").values_list("batch_id", flat=True).distinct()[:BATCH])
