"""Keep the pages of one file as they come: clerks of the unit. A refused file leaves everything else as it was."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from dossiers.papers.constants import ScanState
from dossiers.papers.models import ScanItem, ScanPage
from dossiers.papers.services.keeping import keep_files
from dossiers.papers.services.scan_locking import lock_scan
from dossiers.papers.services.scan_pictures import PagePicture, page_pictures, refuse_too_many
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor


def add_scan_pages(
    *, actor: Actor, item_id: UUID, content: bytes, name: str, by_camera: bool = False, now: datetime | None = None
) -> list[ScanPage]:
    """The new pages, durable when this returns. Raises the refusals of `page_pictures`, `lock_scan`, and
    scan.too_many_pages."""
    with transaction.atomic():
        lock_scan(actor=actor, item_id=item_id, states={ScanState.CAPTURING})
    pictures = page_pictures(content, name)
    with transaction.atomic():
        item = lock_scan(actor=actor, item_id=item_id, states={ScanState.CAPTURING})
        return keep_pages(item, pictures, by_camera=by_camera, now=now or clock.now())


def keep_pages(item: ScanItem, pictures: list[PagePicture], *, by_camera: bool, now: datetime) -> list[ScanPage]:
    """Write the pages behind those that are there; inside a transaction, the scan locked."""
    last = ScanPage.objects.filter(item=item).aggregate(last=Max("serial"))["last"] or 0
    refuse_too_many(last + len(pictures))
    files = keep_files([picture.content for picture in pictures], now=now)
    pages = [
        ScanPage(
            item=item,
            serial=serial,
            file=file,
            width=picture.seen.width,
            height=picture.seen.height,
            dpi=picture.dpi,
            brightness=picture.seen.brightness,
            sharpness=picture.seen.sharpness,
            ink_share=picture.seen.ink_share,
            colour_share=picture.seen.colour_share,
            by_camera=by_camera,
            added_at=now,
        )
        for serial, (file, picture) in enumerate(zip(files, pictures, strict=True), start=last + 1)
    ]
    made = ScanPage.objects.bulk_create(pages)
    ScanItem.objects.filter(pk=item.pk).update(touched_at=now)
    return made
