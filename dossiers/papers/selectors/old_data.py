"""What of papers is erased by age: scans begun at a counter that nobody finished. Papers, their story and uses are
kept, and so are old books on their way, however long they take."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from dossiers.papers.constants import ScanKind, ScanState
from dossiers.papers.models import ScanItem

UNFINISHED = (ScanState.CAPTURING, ScanState.READY, ScanState.GAVE_UP, ScanState.DISCARDED)


def old_scans(before: datetime) -> QuerySet[ScanItem]:
    """Not touched since that moment, and no paper was made of them."""
    rows = ScanItem.objects.filter(batch__kind=ScanKind.COUNTER, state__in=UNFINISHED, paper__isnull=True)
    return rows.filter(touched_at__lt=before)
