"""Put stored contents under the current field key, so that an old key can be thrown away. System.

One file at a time, each in a transaction of its own under its content's lock: an interrupted run is gone on with by the
next, since a row says which key its file depends on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from dossiers.papers.constants import FileState
from dossiers.papers.models import StoredFile
from dossiers.papers.services.keeping import lock_marks, unreachable
from dossiers.papers.services.reading import note_state
from haddong_portal.common import clock
from haddong_portal.common.blobs.storage import BlobDamaged, BlobMissing, BlobUnreachable, reseal_blob
from haddong_portal.common.crypto.keys import keyring

BATCH = 500


@dataclass
class Resealed:
    """How far a run is. `left`: files that were under an older key when it began, less those that are done."""

    left: int
    done: int = 0
    broken: int = 0


def reseal_files(*, now: datetime | None = None) -> Iterator[Resealed]:
    """The state after each batch. Raises DomainError paper.unreachable: what was done stays done."""
    found, last = Resealed(under_older_keys().count()), 0
    while batch := list(under_older_keys().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        for file_id in batch:
            whole = _reseal(file_id, now or clock.now())
            found.done, found.broken, found.left = found.done + whole, found.broken + (not whole), found.left - 1
        last = batch[-1]
        yield found


def under_older_keys() -> QuerySet[StoredFile]:
    """Files that need another key than the current one to be read."""
    return StoredFile.objects.exclude(state=FileState.REMOVED).exclude(key_id=keyring().current_id.hex())


def _reseal(file_id: int, now: datetime) -> bool:
    """Whether it lies under the current key now; what is damaged or lost is written down and told."""
    with transaction.atomic():
        file = StoredFile.objects.get(pk=file_id)
        lock_marks([file.mark])
        try:
            key_id = reseal_blob(file.mark).hex()
        except BlobUnreachable:
            raise unreachable() from None
        except (BlobMissing, BlobDamaged) as error:
            state = FileState.MISSING if isinstance(error, BlobMissing) else FileState.DAMAGED
        else:
            StoredFile.objects.filter(pk=file_id).update(key_id=key_id, checked_at=now)
            return True
    note_state(file_id=file_id, state=state, now=now)
    return False
