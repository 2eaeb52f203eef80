"""Remove stored contents that no row names: their act was rolled back after the file was written. System.

Only what is older than PAPERS_ORPHAN_HOURS, under the lock that `keep_files` holds until its row is committed: a
content that is on its way in is never taken for one that was left behind.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db import connection, transaction

from dossiers.papers.constants import FileState
from dossiers.papers.models import StoredFile
from haddong_portal.common import clock
from haddong_portal.common.blobs.marks import lock_number
from haddong_portal.common.blobs.storage import BlobUnreachable, delete_blob, folders, marks_in, stored_at

BATCH = 500
logger = logging.getLogger("haddong.papers")


def clear_orphans(*, now: datetime | None = None) -> int:
    """How many were removed; ends early when the storage does not answer."""
    before = (now or clock.now()) - timedelta(hours=settings.PAPERS_ORPHAN_HOURS)
    removed = 0
    try:
        for folder in folders():
            marks = marks_in(folder)
            while batch := list(islice(marks, BATCH)):
                removed += sum(_remove(mark, before) for mark in _without_row(batch))
    except BlobUnreachable:
        logger.warning("the storage of papers does not answer; orphans stay until the next night")
    return removed


def _without_row(marks: list[str]) -> Iterator[str]:
    known = StoredFile.objects.filter(mark__in=marks).exclude(state=FileState.REMOVED)
    held = set(known.values_list("mark", flat=True))
    return (mark for mark in marks if mark not in held)


@transaction.atomic
def _remove(mark: str, before: datetime) -> bool:
    """Whether it was an orphan; nobody can be storing the same content meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock_number(mark)])
        if cursor.fetchone() != (True,):
            return False
    written = stored_at(mark)
    if written is None or written > before or not list(_without_row([mark])):
        return False
    delete_blob(mark)
    return True
