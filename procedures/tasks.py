"""Doors of the queue: ids in, one service call."""

from __future__ import annotations

from celery import shared_task

from haddong_portal.common.jobs import JobName
from procedures.services.render_poster_batch import render_poster_batch, sweep_poster_batches


@shared_task(name=JobName.RENDER_POSTERS.value, ignore_result=True)
def render_posters(batch_id: int) -> str:
    """Prints one batch; a failure goes back to the queue as a row, never as a retry."""
    return render_poster_batch(batch_id=batch_id)


@shared_task(name="procedures.sweep_posters", ignore_result=True)
def sweep_posters() -> int:
    return sweep_poster_batches()
