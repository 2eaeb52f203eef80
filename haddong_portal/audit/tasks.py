"""Doors of the queue: one service call, safe to run twice."""

from __future__ import annotations

from celery import shared_task

from haddong_portal.audit.services.seal_entries import seal_entries
from haddong_portal.common.jobs import JobName


@shared_task(name=JobName.SEAL_AUDIT.value, ignore_result=True)
def seal() -> int:
    """Runs every minute; a second one at the same time finds the lock taken and goes home."""
    return seal_entries()
