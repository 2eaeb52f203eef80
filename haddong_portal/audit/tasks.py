"""Doors of the queue: one service call, safe to run twice."""

from __future__ import annotations

from celery import shared_task

from haddong_portal.audit.services import apply_retention as retention
from haddong_portal.audit.services.seal_entries import seal_entries
from haddong_portal.common.jobs import JobName
from haddong_portal.plumbing.retention import retention_sources


@shared_task(name=JobName.SEAL_AUDIT.value, ignore_result=True)
def seal() -> int:
    """Runs every minute; a second one at the same time finds the lock taken and goes home."""
    return seal_entries()


@shared_task(name="audit.apply_retention", ignore_result=True)
def apply_retention() -> None:
    """Every rule in turn, each night; a night that is missed is made good by the next."""
    for source in retention_sources():
        retention.apply_retention(code=source.code)
