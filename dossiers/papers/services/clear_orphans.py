"""Remove stored contents that no row names: their act was rolled back after the file was written. System.

Only what is older than PAPERS_ORPHAN_HOURS, under the lock that `keep_files` holds until its row is committed: a
content that is on its way in is never taken for one that was left behind.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings

from dossiers.papers.services.removing import remove_unheld, without_row
from haddong_portal.common import clock
from haddong_portal.common.blobs.storage import BlobUnreachable, clear_drafts, folders, marks_in

BATCH = 500
RUNS_A_NIGHT = 24
logger = logging.getLogger("haddong.papers")


def clear_orphans(*, now: datetime | None = None, share: tuple[int, int] = (0, 1)) -> int:
    """How many were removed. `share` (which, of how many) walks only that part of the folders, so that the runs of one
    night share the whole store. Ends early when the storage does not answer."""
    before = (now or clock.now()) - timedelta(hours=settings.PAPERS_ORPHAN_HOURS)
    which, of = share
    removed = 0
    try:
        for folder in folders():
            if int(folder, 16) % of == which:
                removed += _clear(folder, before)
    except BlobUnreachable:
        logger.warning("the storage of papers does not answer; orphans stay until the next night")
    return removed


def share_at(now: datetime) -> tuple[int, int]:
    """Which part of the folders belongs to the run of this moment: four hours of runs every ten minutes are a whole."""
    moment = clock.local(now)
    return (moment.hour * 6 + moment.minute // 10) % RUNS_A_NIGHT, RUNS_A_NIGHT


def _clear(folder: str, before: datetime) -> int:
    marks, removed = marks_in(folder), clear_drafts(folder, before)
    while batch := list(islice(marks, BATCH)):
        removed += sum(remove_unheld(mark, written_before=before) for mark in without_row(batch))
    return removed
