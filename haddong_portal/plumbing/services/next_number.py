"""Give out the next number of a gapless sequence (dossier code, book line, slip).

One statement locks, counts and returns; the row stays locked until the caller's transaction ends, so take
numbers last and in a fixed order (book, then code). A rolled-back transaction gives its number back.
"""

from __future__ import annotations

from django.db import connection, transaction


def next_number(*, kind: str, holder: str, period: str) -> int:
    """The next number, from 1, of (`kind`, `holder`, `period`). Must run inside a transaction."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("numbers are given out inside a transaction")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO plumbing_numbersequence (kind, holder, period, last) VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (kind, holder, period) DO UPDATE SET last = plumbing_numbersequence.last + 1"
            " RETURNING last",
            [kind, holder, period],
        )
        row = cursor.fetchone()
    return int(row[0])
