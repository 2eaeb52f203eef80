"""The first step of every act on a batch of an old book: right, unit, lock, still open."""

from __future__ import annotations

from uuid import UUID

from dossiers.papers.constants import ScanKind
from dossiers.papers.models import ScanBatch
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, NotFound


def lock_book(*, actor: Actor, right: str, batch_id: UUID) -> ScanBatch:
    """The batch, locked; inside a transaction. Raises NotAllowed, NotFound scan.no_book, Conflict scan.book_closed."""
    actor.require(right)
    rows = ScanBatch.objects.select_for_update(no_key=True, of=("self",)).select_related("type", "unit")
    batch = rows.filter(kind=ScanKind.BOOK, public_id=batch_id, unit_id__in=actor.unit_ids).first()
    if batch is None:
        raise NotFound("Không tìm thấy đợt số hóa này.", code="scan.no_book")
    if batch.closed_at is not None:
        raise Conflict("scan.book_closed", "Đợt số hóa này đã đóng.")
    return batch
