"""Inserts in one statement: a row unless its twin is there already, and rows of several tables at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models, router
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery


def insert_or_nothing(row: models.Model) -> bool:
    """Whether `row` was inserted; it then has its primary key. Another transaction's uncommitted twin is waited for.

    INSERT … ON CONFLICT DO NOTHING RETURNING id: `bulk_create(ignore_conflicts=True)` without the missing key.
    """
    meta = row._meta
    query = InsertQuery(type(row), on_conflict=OnConflict.IGNORE)
    query.insert_values([field for field in meta.concrete_fields if not field.primary_key], [row])
    compiler = query.get_compiler(using=router.db_for_write(type(row)))
    returned = compiler.execute_sql(returning_fields=[meta.pk])
    found = returned[0] if returned else None
    if not found:
        return False
    row.pk, row._state.adding = found[0], False
    return True


def insert_together(*groups: Sequence[models.Model]) -> None:
    """Insert the rows of several tables in one round trip; the rows do not learn their primary keys.

    Groups may not refer to each other: the database gives no order among the parts of one statement.
    """
    parts = [part for rows in groups if rows for part in _inserts(rows)]
    if not parts:
        return
    *before, last = [sql for sql, _ in parts]
    head = ", ".join(f"part_{number} AS ({sql})" for number, sql in enumerate(before))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {head} {last}" if head else last, [value for _, params in parts for value in params])


def _inserts(rows: Sequence[models.Model]) -> list[tuple[str, Sequence[Any]]]:
    model = type(rows[0])
    query = InsertQuery(model)
    query.insert_values([field for field in model._meta.concrete_fields if not field.primary_key], list(rows))
    found: list[tuple[str, Sequence[Any]]] = query.get_compiler(using=router.db_for_write(model)).as_sql()
    return found
