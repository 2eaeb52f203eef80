"""Give out the next numbers of gapless sequences (dossier code, book line, slip).

One statement locks, counts and returns; the rows stay locked until the caller's transaction ends, so take
numbers last and in a fixed order (book, then code). A rolled-back transaction gives its numbers back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

_ROW = "(%s, %s, %s, 1)"


@dataclass(frozen=True, slots=True)
class NumberLine:
    """Which sequence: what is numbered, who holds the book, for which day or year."""

    kind: str
    holder: str
    period: str


def next_number(*, kind: str, holder: str, period: str) -> int:
    """The next number, from 1, of (`kind`, `holder`, `period`). Must run inside a transaction."""
    return next_numbers([NumberLine(kind, holder, period)])[0]


def next_numbers(wanted: Sequence[NumberLine]) -> list[int]:
    """The next number of each sequence, locked in the order given; no sequence twice. Inside a transaction only."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("numbers are given out inside a transaction")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO plumbing_numbersequence (kind, holder, period, last) VALUES {', '.join([_ROW] * len(wanted))}"  # noqa: S608 - only placeholders are joined
            " ON CONFLICT (kind, holder, period) DO UPDATE SET last = plumbing_numbersequence.last + 1"
            " RETURNING kind, holder, period, last",
            [text for sequence in wanted for text in (sequence.kind, sequence.holder, sequence.period)],
        )
        found = {(kind, holder, period): int(last) for kind, holder, period, last in cursor.fetchall()}
    return [found[sequence.kind, sequence.holder, sequence.period] for sequence in wanted]
