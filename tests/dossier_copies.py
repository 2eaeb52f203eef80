"""Many dossiers at once: copies of one real row by a single INSERT … SELECT, for sweeps and benches over crowds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models

from dossiers.constants import Status
from dossiers.models import Dossier, StepRun


def copy_dossier(source_id: int, *, prefix: str, count: int, due: int, now: datetime) -> None:
    """`count` copies in progress, named `prefix`-1 onwards; the first `due` are overdue and to be told at `now`.

    The others are promised and reminded at moments of their own after `now`.
    """
    late_at = now - timedelta(days=40)
    moment = "CASE WHEN n <= %(due)s THEN %(late_at)s ELSE %(now)s + n * interval '1 minute' END"
    columns = {
        "status": "%(status)s",
        "accepted_at": "%(accepted_at)s",
        "due_at": moment,
        "next_reminder_at": moment,
        "closed_at": "NULL",
        "paused_at": "NULL",
        "finished_at": "NULL",
        "returned_at": "NULL",
    }
    values = {
        "status": Status.PROCESSING,
        "accepted_at": late_at - timedelta(days=20),
        "late_at": late_at,
        "now": now,
        "due": due,
    }
    _copy_row(source_id, prefix, count, columns, values)


def copy_with_steps(source_id: int, *, prefix: str, count: int) -> list[str]:
    """The codes of `count` copies that stand where the source stands, each with step runs of its own."""
    _copy_row(source_id, prefix, count, {}, {})
    columns, selected = _columns(StepRun, {"dossier_id": "copy.id"})
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO dossiers_steprun ({columns}) SELECT {selected} FROM dossiers_steprun source, "
            "dossiers_dossier copy WHERE source.dossier_id = %s AND copy.code LIKE %s",
            [source_id, f"{prefix}-%"],
        )
        cursor.execute("ANALYZE dossiers_steprun")
    return [f"{prefix}-{number}" for number in range(1, count + 1)]


def _copy_row(source_id: int, prefix: str, count: int, columns: Mapping[str, str], values: Mapping[str, Any]) -> None:
    name = "%(prefix)s || '-' || n"
    # A book of their own: no register has its lines.
    own = {"code": name, "intake_key": name, "book_no": "%(prefix)s", "line_no": "n"}
    inserted, selected = _columns(Dossier, {**own, **columns})
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO dossiers_dossier ({inserted}) SELECT {selected} "
            "FROM dossiers_dossier source, generate_series(1, %(count)s) n WHERE source.id = %(source_id)s",
            {"prefix": prefix, "count": count, "source_id": source_id, **values},
        )
        cursor.execute("ANALYZE dossiers_dossier")


def _columns(model: type[models.Model], own: Mapping[str, str]) -> tuple[str, str]:
    """The column list of an INSERT, and what it selects: `own` expressions, the source's value elsewhere."""
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    return (
        ", ".join(f'"{column}"' for column in columns),
        ", ".join(own.get(column, f'source."{column}"') for column in columns),
    )
