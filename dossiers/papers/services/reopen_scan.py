"""Go back with a scan: to its pages, to the queue once more, or away with it. Clerks of the unit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from dossiers.papers.constants import ScanState
from dossiers.papers.models import ScanItem, ScanPage, StoredFile
from dossiers.papers.services.finish_capture import queue_scan
from dossiers.papers.services.forget_files import forget_files
from dossiers.papers.services.rerun_scan import resolve_attempts
from dossiers.papers.services.scan_locking import lock_scan
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor

NOT_ENDED = (ScanState.CAPTURING, ScanState.QUEUED, ScanState.READY, ScanState.GAVE_UP)


@transaction.atomic
def reopen_scan(*, actor: Actor, item_id: UUID, now: datetime | None = None) -> ScanItem:
    """Its pages may be changed again; what was made of them goes."""
    item = lock_scan(actor=actor, item_id=item_id, states={ScanState.READY, ScanState.GAVE_UP, ScanState.QUEUED})
    item.state, item.next_attempt_at, item.touched_at = ScanState.CAPTURING, None, now or clock.now()
    clear_made(item)
    resolve_attempts(item, now=item.touched_at)
    return item


@transaction.atomic
def retry_scan(*, actor: Actor, item_id: UUID, now: datetime | None = None) -> ScanItem:
    """Read it once more."""
    item = lock_scan(actor=actor, item_id=item_id, states={ScanState.READY, ScanState.GAVE_UP})
    moment = now or clock.now()
    queue_scan(item, now=moment)
    resolve_attempts(item, now=moment)
    return item


@transaction.atomic
def discard_scan(*, actor: Actor, item_id: UUID, now: datetime | None = None) -> ScanItem:
    """Throw the scan away with all its pages; the line can be scanned anew."""
    item = lock_scan(actor=actor, item_id=item_id, states=NOT_ENDED)
    moment = now or clock.now()
    item.state, item.next_attempt_at, item.touched_at, item.finished_at = ScanState.DISCARDED, None, moment, moment
    clear_made(item)
    clear_pages(item)
    resolve_attempts(item, now=moment)
    return item


def clear_made(item: ScanItem) -> None:
    """Save the scan without the file and text that were made of its pages."""
    made: list[StoredFile] = [item.made] if item.made else []
    item.made, item.text, item.is_archival, item.problem, item.done_pages = None, "", False, "", 0
    item.save()
    forget_files(made)


def clear_pages(item: ScanItem) -> None:
    """The pages of a scan that has ended; what stands in the store is the file made of them."""
    pages = ScanPage.objects.filter(item=item).select_related("file")
    files = [page.file for page in pages]
    pages.delete()
    forget_files(files)
