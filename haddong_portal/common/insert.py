"""Insert whole rows with an INSERT whose SQL is worked out once per model and number of rows.

Acts write the same few kinds of rows all day; building their statements cost more CPU than running them. No signals
are sent, as with `bulk_create`: models with a history are saved the usual way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery


def insert_rows(rows: Sequence[models.Model]) -> None:
    """One INSERT for rows of one model; each then has its primary key. Nothing happens without rows."""
    if rows:
        _insert(rows, on_conflict=None)


def insert_row(row: models.Model) -> None:
    """`insert_rows` for one."""
    _insert([row], on_conflict=None)


def insert_or_nothing(row: models.Model) -> bool:
    """Whether `row` was inserted; it then has its primary key. Another transaction's uncommitted twin is waited for.

    INSERT … ON CONFLICT DO NOTHING RETURNING id: `bulk_create(ignore_conflicts=True)` without the missing key.
    """
    return _insert([row], on_conflict=OnConflict.IGNORE) == 1


def insert_together(*groups: Sequence[models.Model]) -> None:
    """Insert the rows of several tables in one round trip; the rows do not learn their primary keys.

    Groups may not refer to each other: the database gives no order among the parts of one statement.
    """
    wanted = [rows for rows in groups if rows]
    if not wanted:
        return
    *before, last = [_sql(type(rows[0]), len(rows), None) for rows in wanted]
    head = ", ".join(f"part_{number} AS ({sql})" for number, sql in enumerate(before))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {head} {last}" if head else last, [value for rows in wanted for value in _values(rows)])


def _insert(rows: Sequence[models.Model], *, on_conflict: OnConflict | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_sql(type(rows[0]), len(rows), on_conflict), _values(rows))
        keys = [key for (key,) in cursor.fetchall()]
    for row, key in zip(rows, keys, strict=False):  # none came back for a row that was there already
        row.pk, row._state.adding, row._state.db = key, False, connection.alias
    return len(keys)


def _values(rows: Sequence[models.Model]) -> list[Any]:
    fields = _fields(type(rows[0]))
    return [field.get_db_prep_save(field.pre_save(row, True), connection) for row in rows for field in fields]


@cache
def _fields(model: type[models.Model]) -> tuple[models.Field[Any, Any], ...]:
    """The columns that the statement fills; the database gives the key alone."""
    meta = model._meta
    assert meta.db_returning_fields == [meta.pk], f"{meta.label}: the database computes more than the key"
    return tuple(field for field in meta.concrete_fields if not field.primary_key)


@cache
def _sql(model: type[models.Model], count: int, on_conflict: OnConflict | None) -> str:
    """Django's own statement for one row, taken once, its group of placeholders repeated."""
    query = InsertQuery(model, on_conflict=on_conflict)
    query.insert_values(_fields(model), [_empty(model)])
    compiler: Any = query.get_compiler(connection=connection)
    compiler.returning_fields = [model._meta.pk]
    ((sql, parameters),) = compiler.as_sql()
    assert len(parameters) == len(_fields(model)), f"{model._meta.label}: a column is an expression"
    found = re.search(r" VALUES (\(.*?\)) (?:ON CONFLICT|RETURNING)", sql)
    assert found is not None, sql
    return f"{sql[: found.start(1)]}{', '.join([found[1]] * count)}{sql[found.end(1) :]}"


def _empty(model: type[models.Model]) -> models.Model:
    """A row with nothing in it: only the statement's shape is of interest."""
    row = model()
    row.__dict__.update({field.attname: None for field in _fields(model)})
    return row
