"""Prove a stored file again and write down what was found. System, and staff who look after the store."""

from __future__ import annotations

from datetime import datetime

from dossiers.papers.constants import FileState
from dossiers.papers.models import StoredFile
from dossiers.papers.services.keeping import unreachable
from dossiers.papers.services.reading import note_state
from haddong_portal.common import clock
from haddong_portal.common.blobs.storage import BlobDamaged, BlobMissing, BlobUnreachable, read_blob
from haddong_portal.common.errors import NotFound


def check_file(*, file_id: int, now: datetime | None = None) -> FileState:
    """What the file is now; a paper whose file came back is usable again.

    Raises NotFound paper.file_not_found, DomainError paper.unreachable: then nothing is known and nothing is written.
    """
    file = StoredFile.objects.exclude(state=FileState.REMOVED).filter(pk=file_id).first()
    if file is None:
        raise NotFound("Không tìm thấy tệp này trong kho.", code="paper.file_not_found")
    state = look_at(file.mark)
    note_state(file_id=file.pk, state=state, now=now or clock.now())
    return state


def look_at(mark: str) -> FileState:
    """What lies under a mark, read in full."""
    try:
        read_blob(mark)
    except BlobMissing:
        return FileState.MISSING
    except BlobDamaged:
        return FileState.DAMAGED
    except BlobUnreachable:
        raise unreachable() from None
    return FileState.PRESENT
