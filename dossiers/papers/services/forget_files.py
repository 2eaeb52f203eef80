"""Let go of stored contents that nothing names any more. Helper of acts, in their transaction.

Only the row goes: the content without a row is removed by the night (services.clear_orphans), when nobody can be
storing the same content at that moment.
"""

from __future__ import annotations

from collections.abc import Iterable

from dossiers.papers.models import PaperVersion, ScanItem, ScanPage, StoredFile
from dossiers.papers.services.keeping import lock_marks


def forget_files(files: Iterable[StoredFile]) -> int:
    """How many rows went."""
    by_id = {file.pk: file for file in files}
    lock_marks(file.mark for file in by_id.values())
    named = (
        ScanPage.objects.filter(file__in=by_id).values_list("file_id", flat=True),
        ScanItem.objects.filter(made__in=by_id).values_list("made_id", flat=True),
        PaperVersion.objects.filter(original__in=by_id).values_list("original_id", flat=True),
        PaperVersion.objects.filter(shown__in=by_id).values_list("shown_id", flat=True),
    )
    held = {pk for rows in named for pk in rows}
    gone, _ = StoredFile.objects.filter(pk__in=set(by_id) - held).delete()
    return gone
