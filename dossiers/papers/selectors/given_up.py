"""Scans that a worker gave up on: the papers at the desk of the actor's units, of all units for oversight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from dossiers.papers.constants import ScanKind
from dossiers.papers.models import ScanItem
from dossiers.papers.permissions import FILES
from haddong_portal.common.actors import Actor
from haddong_portal.plumbing.models import JobAttempt

READ_SCAN_JOB = "papers.read_scan"
LISTED_MAX = 100


@dataclass(frozen=True, slots=True)
class GivenUpScan:
    """One attempt as the list shows it. `error`: the program's own words, for whoever mends the machine."""

    attempt_id: int
    name: str
    where: str
    unit: str
    state_label: str
    error: str
    gave_up_at: datetime


def given_up_scans(actor: Actor) -> list[GivenUpScan]:
    """Newest first, at most 100; two statements. Whose papers they are is not told."""
    actor.require(FILES)
    attempts = list(
        JobAttempt.objects.filter(job=READ_SCAN_JOB, resolved_at__isnull=True).order_by("-gave_up_at")[:LISTED_MAX]
    )
    rows = mine(actor, ScanItem.objects.select_related("batch", "batch__unit")).defer("text")
    items = rows.in_bulk([attempt.arguments[0] for attempt in attempts])
    return [_told(one, item) for one in attempts if (item := items.get(one.arguments[0])) is not None]


def mine(actor: Actor, rows: QuerySet[ScanItem]) -> QuerySet[ScanItem]:
    """The scans of the actor's units."""
    return rows if actor.sees_all_units else rows.filter(batch__unit_id__in=actor.unit_ids)


def _told(attempt: JobAttempt, item: ScanItem) -> GivenUpScan:
    book = item.batch.kind == ScanKind.BOOK
    return GivenUpScan(
        attempt_id=attempt.pk,
        name=item.name or f"Giấy số {item.position}",
        where=item.batch.title if book else item.batch.reference.partition(":")[2],
        unit=item.batch.unit.short_name,
        state_label=item.get_state_display(),
        error=attempt.error.strip().splitlines()[0][:200] if attempt.error.strip() else "",
        gave_up_at=attempt.gave_up_at,
    )
