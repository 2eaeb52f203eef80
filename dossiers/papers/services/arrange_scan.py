"""Put pages right while they are captured: another order, a turn, a page thrown away, a page with its sticky note."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from dossiers.papers.constants import ScanState
from dossiers.papers.models import ScanItem, ScanPage
from dossiers.papers.services.forget_files import forget_files
from dossiers.papers.services.scan_locking import lock_scan
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotFound

QUARTER, FULL = 90, 360
EARLIER, LATER = -1, 1


@transaction.atomic
def move_page(*, actor: Actor, item_id: UUID, page_id: int, by: int, now: datetime | None = None) -> ScanItem:
    """One place earlier (-1) or later (+1); at the end of the row nothing happens."""
    item, page = _locked(actor, item_id, page_id)
    other = ScanPage.objects.filter(item=item, serial=page.serial + by).first()
    if other is not None:
        page.serial, other.serial = other.serial, page.serial
        ScanPage.objects.bulk_update([page, other], ["serial"])
    return _touched(item, now)


@transaction.atomic
def turn_page(*, actor: Actor, item_id: UUID, page_id: int, now: datetime | None = None) -> ScanItem:
    """A quarter clockwise."""
    item, page = _locked(actor, item_id, page_id)
    page.turned = (page.turned + QUARTER) % FULL
    page.save(update_fields=["turned"])
    return _touched(item, now)


@transaction.atomic
def remove_page(*, actor: Actor, item_id: UUID, page_id: int, now: datetime | None = None) -> ScanItem:
    """Take a page out; those behind it move up."""
    item, page = _locked(actor, item_id, page_id)
    file, serial = page.file, page.serial
    page.delete()
    ScanPage.objects.filter(item=item, serial__gt=serial).update(serial=F("serial") - 1)
    forget_files([file])
    return _touched(item, now)


@transaction.atomic
def pair_page(*, actor: Actor, item_id: UUID, page_id: int, now: datetime | None = None) -> ScanItem:
    """Say that this page is the one before it, with its sticky note; said again, it is a page of its own.

    Raises DomainError scan.no_page_before.
    """
    item, page = _locked(actor, item_id, page_id)
    if page.note_pair_of_id is not None:
        page.note_pair_of = None
    else:
        page.note_pair_of = _page_before(item, page)
    page.save(update_fields=["note_pair_of"])
    return _touched(item, now)


def _page_before(item: ScanItem, page: ScanPage) -> ScanPage:
    before = ScanPage.objects.filter(item=item, serial=page.serial - 1, note_pair_of__isnull=True).first()
    if before is None or ScanPage.objects.filter(note_pair_of=before).exists():
        raise DomainError("scan.no_page_before", "Phía trước không có trang để ghép cặp với trang có giấy ghi chú.")
    return before


def _locked(actor: Actor, item_id: UUID, page_id: int) -> tuple[ScanItem, ScanPage]:
    item = lock_scan(actor=actor, item_id=item_id, states={ScanState.CAPTURING})
    page = ScanPage.objects.select_related("file").filter(item=item, pk=page_id).first()
    if page is None:
        raise NotFound("Trang này không còn.", code="scan.page_not_found")
    return item, page


def _touched(item: ScanItem, now: datetime | None) -> ScanItem:
    item.touched_at = now or clock.now()
    item.save(update_fields=["touched_at"])
    return item
