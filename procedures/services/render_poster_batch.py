"""Print an ordered batch in slices, so that the page can show how far it is. Run by a worker; safe to run twice."""

from __future__ import annotations

import io
import logging
import zipfile
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q

from haddong_portal.common import clock
from haddong_portal.common.jobs import JobName, enqueue
from procedures.constants import BatchState
from procedures.documents.poster import PosterData, render_posters
from procedures.models import PosterBatch, ProcedureVersion
from procedures.services.poster_sheets import poster_of_counter, poster_of_procedure, poster_of_unit

SLICE_SHEETS = 12
ATTEMPTS_MAX = 3
STALE_AFTER = timedelta(minutes=5)
logger = logging.getLogger("haddong.posters")


def render_poster_batch(*, batch_id: int) -> str:
    """The state the batch ends in; "taken" when another worker has it or it is finished already."""
    batch = _claim(batch_id)
    if batch is None:
        return "taken"
    try:
        _print(batch)
    except Exception:
        logger.exception("poster batch %s failed", batch_id)
        return _give_back(batch)
    return str(batch.state)


def _claim(batch_id: int) -> PosterBatch | None:
    """A queued batch, or a running one that nobody has touched for long."""
    now = clock.now()
    stale = Q(state=BatchState.RUNNING, touched_at__lt=now - STALE_AFTER)
    claimed = PosterBatch.objects.filter(Q(state=BatchState.QUEUED) | stale, pk=batch_id).update(
        state=BatchState.RUNNING, touched_at=now, attempts=F("attempts") + 1, done=0, error=""
    )
    return PosterBatch.objects.select_related("unit").get(pk=batch_id) if claimed else None


def _print(batch: PosterBatch) -> None:
    posters = _posters(batch)
    PosterBatch.objects.filter(pk=batch.pk).update(total=len(posters), touched_at=clock.now())
    parts: list[bytes] = []
    for start in range(0, len(posters), SLICE_SHEETS):
        parts.append(render_posters(posters[start : start + SLICE_SHEETS]))
        done = min(start + SLICE_SHEETS, len(posters))
        PosterBatch.objects.filter(pk=batch.pk).update(done=done, touched_at=clock.now())
    _finish(batch, parts, len(posters))


def _posters(batch: PosterBatch) -> list[PosterData]:
    found = [poster_of_unit(batch.unit), *(poster_of_counter(batch.unit, label) for label in batch.counters)]
    if batch.with_procedures:
        performed = ProcedureVersion.objects.published().performed_at(batch.unit_id).order_by("name_folded")
        found += [poster_of_procedure(code) for code in performed.values_list("procedure__national_code", flat=True)]
    return found


def _finish(batch: PosterBatch, parts: list[bytes], sheets: int) -> None:
    """One PDF as it is; more than one in a ZIP, numbered in the order to print."""
    name, content = ("ap-phich.pdf", parts[0]) if len(parts) == 1 else ("ap-phich.zip", _zipped(parts))
    batch.file.save(f"{batch.unit.key}-{batch.pk}-{name}", ContentFile(content), save=False)
    batch.state, batch.total, batch.done = BatchState.DONE, sheets, sheets
    batch.finished_at = batch.touched_at = clock.now()
    batch.save(update_fields=["file", "state", "total", "done", "finished_at", "touched_at"])


def _zipped(parts: list[bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for number, part in enumerate(parts, start=1):
            archive.writestr(f"ap-phich-{number:02d}.pdf", part)
    return buffer.getvalue()


def _give_back(batch: PosterBatch) -> str:
    """Queued again for the sweeper, or given up for good after the last try."""
    state = BatchState.QUEUED if batch.attempts < ATTEMPTS_MAX else BatchState.FAILED
    sentence = "Máy in nền gặp lỗi. Xin yêu cầu lại; nếu vẫn lỗi, báo quản trị kèm số lượt in."
    PosterBatch.objects.filter(pk=batch.pk).update(
        state=state, touched_at=clock.now(), error=sentence if state == BatchState.FAILED else ""
    )
    return str(state)


def sweep_poster_batches(*, now: datetime | None = None) -> int:
    """Wake a worker for batches whose message was lost or whose worker died; how many."""
    late = (now or clock.now()) - STALE_AFTER
    with transaction.atomic():
        open_ids = PosterBatch.objects.filter(
            state__in=[BatchState.QUEUED, BatchState.RUNNING], touched_at__lt=late
        ).values_list("pk", flat=True)
        waiting = list(open_ids[:50])
        for batch_id in waiting:
            enqueue(JobName.RENDER_POSTERS, batch_id)
    return len(waiting)
