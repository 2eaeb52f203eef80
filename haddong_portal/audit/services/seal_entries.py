"""Seal the audit rows that no seal covers yet. System; writes AuditSeal, and seal and position of each row, once.

Writers never wait: rows are taken in order of id, SKIP LOCKED, and whatever commits later falls into the next seal.
One sealer works at a time (a transaction-level advisory lock); a second one goes home. The partition is the day of
sealing in Vietnam; the first seal of a day links to the last one of the day before.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from haddong_portal.audit.models import AuditEntry, AuditSeal
from haddong_portal.audit.rules.chain import COLUMNS, seal_hash
from haddong_portal.common import clock

BATCH = 1000
_SEALER_LOCK = 0x4844_0001
_ASSIGN = """
UPDATE audit_auditentry AS entry SET seal_id = %s, seal_position = taken.position
FROM unnest(%s::bigint[]) WITH ORDINALITY AS taken(id, position) WHERE entry.id = taken.id
"""


def seal_entries(*, batch: int = BATCH, now: datetime | None = None) -> int:
    """Seal everything committed so far, `batch` rows a seal; returns the number of rows sealed."""
    total = 0
    while sealed := _seal_batch(batch, clock.local(now or clock.now())):
        total += sealed
        if sealed < batch:
            break
    return total


@transaction.atomic
def _seal_batch(batch: int, now: datetime) -> int:
    if not _only_sealer():
        return 0
    unsealed = AuditEntry.objects.filter(seal__isnull=True).order_by("id")
    rows = list(unsealed.select_for_update(skip_locked=True, no_key=True).values(*COLUMNS)[:batch])
    if not rows:
        return 0
    seal = _next_seal(rows, now)
    with connection.cursor() as cursor:
        cursor.execute(_ASSIGN, [seal.pk, [row["id"] for row in rows]])
    return len(rows)


def _next_seal(rows: list[dict[str, object]], now: datetime) -> AuditSeal:
    last = AuditSeal.objects.order_by("-partition", "-number").first()
    # A clock set back must not put a seal before its predecessor.
    partition = max(now.date().isoformat(), last.partition if last else "")
    number = last.number + 1 if last and last.partition == partition else 1
    previous = last.hash if last else ""
    digest, count = seal_hash(previous_hash=previous, partition=partition, number=number, sealed_at=now, rows=rows)
    return AuditSeal.objects.create(
        partition=partition, number=number, entry_count=count, previous_hash=previous, hash=digest, sealed_at=now
    )


def _only_sealer() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEALER_LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])
