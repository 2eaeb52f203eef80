"""Take contents that nobody holds off the storage, under the lock of whoever may be bringing the same content back."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import partial

from django.db import connection, models, transaction

from dossiers.papers.constants import FileState, PaperState
from dossiers.papers.models import PaperVersion, StoredFile
from dossiers.papers.services.keeping import lock_marks
from haddong_portal.common.blobs.marks import lock_number
from haddong_portal.common.blobs.storage import BlobUnreachable, delete_blob, stored_at
from haddong_portal.common.update import update_row

logger = logging.getLogger("haddong.papers")


def without_row(marks: Iterable[str]) -> list[str]:
    """Those that no row names as something that is to be there, in their order."""
    wanted = list(marks)
    known = StoredFile.objects.filter(mark__in=wanted).exclude(state=FileState.REMOVED)
    held = set(known.values_list("mark", flat=True))
    return [mark for mark in wanted if mark not in held]


@transaction.atomic
def remove_unheld(mark: str, *, written_before: datetime | None = None) -> bool:
    """Whether the content was there, nobody held it, and it is gone now. Raises BlobUnreachable."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock_number(mark)])
        if cursor.fetchone() != (True,):
            return False  # somebody is storing this very content
    written = stored_at(mark)
    if written is None or (written_before and written > written_before) or not without_row([mark]):
        return False
    delete_blob(mark)
    return True


def let_go(files: Collection[StoredFile], *, now: datetime) -> None:
    """After a paper let go of these files: forget each content unless something else holds it; inside a transaction.

    All are locked first, in the order of everybody who locks several. A content goes once that is certain. What the
    storage does not delete then, the nightly sweep does.
    """
    lock_marks(file.mark for file in files)
    for file in files:
        if not _is_held(file):
            file.state, file.checked_at = FileState.REMOVED, now
            update_row(file, ("state", "checked_at"))
            transaction.on_commit(partial(_remove_now, file.mark), robust=True)


def _remove_now(mark: str) -> None:
    try:
        remove_unheld(mark)
    except BlobUnreachable:
        logger.warning("the storage of papers does not answer; an erased file stays until the next night")


def _is_held(file: StoredFile) -> bool:
    """By a version of a paper that is still there, or by any other table that points to stored files."""
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        model: type[models.Model] = relation.related_model
        rows = model._default_manager.filter(**{relation.field.name: file})
        if model is PaperVersion:
            rows = rows.exclude(paper__state=PaperState.ERASED)
        if rows.exists():
            return True
    return False
