"""Keep contents in the store: sealed, each once, in the transaction of the act that brings them.

The file is written before its row. When the act is rolled back the file stays without a row, and the nightly sweep
removes it (services.clear_orphans); a lock on the mark, held to the end of the transaction, keeps both from meeting.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from dossiers.papers.constants import FileState
from dossiers.papers.models import StoredFile
from haddong_portal.common.blobs.marks import lock_number, mark_of
from haddong_portal.common.blobs.storage import BlobUnreachable, has_blob, put_blob
from haddong_portal.common.errors import DomainError
from haddong_portal.common.insert import insert_row
from haddong_portal.common.update import update_row


def keep_files(contents: Iterable[bytes], *, now: datetime) -> list[StoredFile]:
    """The stored files of these contents, in their order; inside a transaction. Equal contents are one file.

    Raises DomainError paper.empty, and paper.unreachable (503) when the storage does not answer.
    """
    assert transaction.get_connection().in_atomic_block, "the row must be part of an act"
    wanted = [(mark_of(content), content) for content in contents]
    if not all(content for _, content in wanted):
        raise DomainError("paper.empty", "Tệp không có nội dung.", "file")
    by_mark = dict(wanted)
    lock_marks(by_mark)
    try:
        kept = {mark: _keep(mark, content, now) for mark, content in by_mark.items()}
    except BlobUnreachable:
        raise unreachable() from None
    return [kept[mark] for mark, _ in wanted]


def lock_marks(marks: Iterable[str]) -> None:
    """Hold these contents until the transaction ends, in an order that everybody keeps."""
    numbers = sorted(lock_number(mark) for mark in marks)
    with connection.cursor() as cursor:
        for number in numbers:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def unreachable() -> DomainError:
    """The storage does not answer: nobody's fault at the counter, and nothing is lost."""
    return DomainError(
        "paper.unreachable", "Kho lưu trữ tệp chưa trả lời. Xin thử lại sau ít phút.", "file", status=503
    )


def _keep(mark: str, content: bytes, now: datetime) -> StoredFile:
    stored = StoredFile.objects.filter(mark=mark).first()
    if stored is not None and stored.state == FileState.PRESENT and has_blob(mark):
        return stored
    key_id = put_blob(content, mark).hex()
    if stored is None:
        stored = StoredFile(mark=mark, size_bytes=len(content), key_id=key_id, checked_at=now, created_at=now)
        insert_row(stored)
        return stored
    # The same content came again: what was damaged, lost or erased is whole now.
    stored.state, stored.key_id, stored.checked_at = FileState.PRESENT, key_id, now
    update_row(stored, ("state", "key_id", "checked_at"))
    return stored
