"""Many dossiers at once: copies of one real row by a single INSERT … SELECT, for sweeps over crowds."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from dossiers.constants import Status
from dossiers.models import Dossier

# Above every line of a register that a test or a demo fills.
FIRST_LINE = 1_000_000_000


def copy_dossier(source_id: int, *, prefix: str, count: int, due: int, now: datetime) -> None:
    """`count` copies in progress, named `prefix`-1 onwards; the first `due` are overdue and to be told at `now`.

    The others are promised and reminded at moments of their own after `now`.
    """
    late_at = now - timedelta(days=40)
    values = {
        "code": "%(prefix)s || '-' || n",
        "intake_key": "%(prefix)s || '-' || n",
        "line_no": "%(first_line)s + n",
        "status": "%(status)s",
        "accepted_at": "%(accepted_at)s",
        "due_at": "CASE WHEN n <= %(due)s THEN %(late_at)s ELSE %(now)s + n * interval '1 minute' END",
        "next_reminder_at": "CASE WHEN n <= %(due)s THEN %(late_at)s ELSE %(now)s + n * interval '1 minute' END",
        "closed_at": "NULL",
        "paused_at": "NULL",
        "finished_at": "NULL",
        "returned_at": "NULL",
    }
    columns = [field.column for field in Dossier._meta.concrete_fields if not field.primary_key]
    named = ", ".join(f'"{column}"' for column in columns)
    selected = ", ".join(values.get(column, f'source."{column}"') for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO dossiers_dossier ({named}) SELECT {selected} "
            "FROM dossiers_dossier source, generate_series(1, %(count)s) n WHERE source.id = %(source_id)s",
            {
                "prefix": prefix,
                "first_line": FIRST_LINE,
                "status": Status.PROCESSING,
                "accepted_at": late_at - timedelta(days=20),
                "late_at": late_at,
                "now": now,
                "due": due,
                "count": count,
                "source_id": source_id,
            },
        )
        cursor.execute("ANALYZE dossiers_dossier")
