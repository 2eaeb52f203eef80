"""All pages are there: count them against the paper and hand them to a worker. Clerks of the unit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from dossiers.papers.constants import ScanState
from dossiers.papers.models import ScanItem, ScanPage
from dossiers.papers.rules.scan_quality import Finding, ScannedPage, check_scan
from dossiers.papers.services.scan_locking import lock_scan
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.jobs import JobName, enqueue
from haddong_portal.common.text import clean_text

SCANNER_LENGTH_MAX = 100
PAGES_DECLARED_MAX = 500


@transaction.atomic
def finish_capture(
    *, actor: Actor, item_id: UUID, declared: int, has_stamp: bool, scanner: str = "", now: datetime | None = None
) -> ScanItem:
    """The scan, queued. Raises DomainError scan.no_pages, scan.declared, scan.page_count (domain.md §7.3)."""
    item = lock_scan(actor=actor, item_id=item_id, states={ScanState.CAPTURING})
    findings = findings_of(item, declared=declared, has_stamp=has_stamp)
    stopping = next((finding for finding in findings if finding.stops), None)
    if stopping is not None:
        raise DomainError(stopping.code, stopping.sentence, "declared")
    moment = now or clock.now()
    item.page_count_declared = declared
    item.scanner = clean_text(scanner)[:SCANNER_LENGTH_MAX]
    item.findings = [
        {"code": found.code, "sentence": found.sentence, "page": found.page} for found in findings if not found.stops
    ]
    queue_scan(item, now=moment)
    return item


def queue_scan(item: ScanItem, *, now: datetime) -> None:
    """Hand a locked scan to a worker, its tries counted anew."""
    item.state, item.attempts, item.done_pages, item.problem = ScanState.QUEUED, 0, 0, ""
    item.next_attempt_at, item.touched_at = now, now
    item.save()
    enqueue(JobName.READ_SCAN, item.pk)


def findings_of(item: ScanItem, *, declared: int, has_stamp: bool) -> list[Finding]:
    """What is wrong with the pages as they lie."""
    pages = list(ScanPage.objects.filter(item=item).order_by("serial"))
    if not pages:
        raise DomainError("scan.no_pages", "Chưa có trang nào.", "file")
    if not 1 <= declared <= PAGES_DECLARED_MAX:
        raise DomainError("scan.declared", "Số trang của bản giấy từ 1 trở lên.", "declared")
    serials = {page.pk: page.serial for page in pages}
    scanned = [
        ScannedPage(
            page.serial,
            page.dpi,
            page.brightness,
            page.sharpness,
            page.ink_share,
            page.colour_share,
            serials.get(page.note_pair_of_id or 0),
        )
        for page in pages
    ]
    return check_scan(scanned, declared=declared, needs_colour=has_stamp)
