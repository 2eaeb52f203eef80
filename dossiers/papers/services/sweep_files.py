"""The nightly look at every stored file: what was proven longest ago first. System.

Bounded by time; where it stops, the next night goes on, since `checked_at` says what was done. A storage that does not
answer ends the night: nothing is known then and nothing is written.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from dossiers.papers.constants import FileState
from dossiers.papers.models import StoredFile
from dossiers.papers.services.check_file import check_file
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError, NotFound

BATCH = 200


@dataclass
class Swept:
    """What one night found."""

    checked: int = 0
    damaged: int = 0
    missing: int = 0
    restored: int = 0
    stopped: str = ""


def sweep_files(*, now: datetime | None = None, minutes: float | None = None) -> Swept:
    """Proves files whose last proof is older than PAPERS_CHECK_DAYS, at most so many minutes."""
    begun, moment = time.monotonic(), now or clock.now()
    limit = begun + 60 * (settings.PAPERS_SWEEP_MINUTES if minutes is None else minutes)
    found = Swept()
    while batch := list(_due(moment)[:BATCH]):
        for file_id, before in batch:
            if time.monotonic() > limit:
                found.stopped = "time"
                return found
            try:
                _count(found, FileState(before), check_file(file_id=file_id, now=moment))
            except NotFound:
                continue  # erased meanwhile
            except DomainError as refusal:
                found.stopped = refusal.code
                return found
    return found


def _due(now: datetime) -> QuerySet[StoredFile, tuple[int, str]]:
    before = now - timedelta(days=settings.PAPERS_CHECK_DAYS)
    rows = StoredFile.objects.exclude(state=FileState.REMOVED).filter(checked_at__lt=before)
    return rows.order_by("checked_at", "id").values_list("pk", "state")


def _count(found: Swept, before: FileState, state: FileState) -> None:
    found.checked += 1
    found.damaged += state == FileState.DAMAGED
    found.missing += state == FileState.MISSING
    found.restored += state == FileState.PRESENT and before != FileState.PRESENT
