"""Read a stored content, proven. Whatever is not intact is noted and refused, never shown.

Helpers of acts that have checked the right to read.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from dossiers.papers.constants import FileState, PaperEventKind, PaperState
from dossiers.papers.models import PaperVersion, StoredFile
from dossiers.papers.services.keeping import unreachable
from dossiers.papers.services.recording import record_paper_event
from haddong_portal.common import clock
from haddong_portal.common.actors import system_actor
from haddong_portal.common.blobs.storage import BlobDamaged, BlobMissing, BlobUnreachable, read_blob
from haddong_portal.common.errors import DomainError
from haddong_portal.common.jobs import JobName, enqueue_now
from haddong_portal.common.update import update_row

WORDS = {FileState.DAMAGED: "bị thay đổi hoặc hỏng", FileState.MISSING: "không còn trong kho lưu trữ"}
EVENTS = {FileState.PRESENT: PaperEventKind.RESTORED}


def read_file(file: StoredFile, *, now: datetime | None = None) -> bytes:
    """The content. Raises DomainError paper.damaged or paper.missing (409), paper.unreachable (503).

    What was found is written down in a transaction of its own; inside an act, whose refusal takes that back with it,
    a worker is sent to look again.
    """
    try:
        return read_blob(file.mark)
    except BlobUnreachable:
        raise unreachable() from None
    except (BlobDamaged, BlobMissing) as found:
        state = FileState.MISSING if isinstance(found, BlobMissing) else FileState.DAMAGED
    note_state(file_id=file.pk, state=state, now=now or clock.now())
    if connection.in_atomic_block:
        enqueue_now(JobName.CHECK_STORED_FILE, file.pk)
    raise damaged(state)


def damaged(state: FileState) -> DomainError:
    """The refusal of a file that is not what was stored."""
    code = "paper.missing" if state == FileState.MISSING else "paper.damaged"
    return DomainError(
        code,
        f"Tệp của giấy tờ này {WORDS[state]}, nên không mở và không dùng lại được. Quản trị kho đã được báo.",
        status=409,
    )


@transaction.atomic
def note_state(*, file_id: int, state: FileState, now: datetime) -> StoredFile:
    """Write what a look at a file found, with an event for each paper it belongs to when that is news."""
    file = StoredFile.objects.select_for_update(no_key=True).get(pk=file_id)
    if file.state == FileState.REMOVED:
        return file  # erased meanwhile: nothing is to be there
    news, file.state, file.checked_at = file.state != state, state, now
    update_row(file, ("state", "checked_at"))
    if news:
        _tell_papers(file, state, now)
    return file


def _tell_papers(file: StoredFile, state: FileState, now: datetime) -> None:
    held = PaperVersion.objects.filter(Q(original=file) | Q(shown=file)).exclude(paper__state=PaperState.ERASED)
    kind = EVENTS.get(state, PaperEventKind.DAMAGED)
    for paper_id in sorted(set(held.values_list("paper_id", flat=True))):
        record_paper_event(
            paper_id=paper_id,
            kind=kind,
            actor=system_actor(),
            at=now,
            note=f"Tệp {WORDS[state]}." if state in WORDS else "Tệp lại nguyên vẹn.",
            data={"file_id": file.pk, "state": state.value},
        )
