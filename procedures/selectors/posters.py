"""Batches of posters as the unit's printing page shows them."""

from __future__ import annotations

from haddong_portal.common.errors import NotFound
from procedures.models import PosterBatch

RECENT = 8


def recent_batches(unit_id: int) -> list[PosterBatch]:
    """The last batches of a unit, newest first."""
    return list(PosterBatch.objects.filter(unit_id=unit_id).select_related("ordered_by")[:RECENT])


def poster_batch(batch_id: int) -> PosterBatch:
    """NotFound `posters.batch_not_found`."""
    batch = PosterBatch.objects.select_related("unit", "ordered_by").filter(pk=batch_id).first()
    if batch is None:
        raise NotFound("Không tìm thấy lượt in này.", code="posters.batch_not_found")
    return batch
