"""Insert whole rows with an INSERT whose SQL is worked out once per model and number of rows.

Acts write the same few kinds of rows all day; building their statements cost more CPU than running them. No signals
are sent, as with `bulk_create`: models with a history are saved the usual way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

from haddong_portal.common.statements import database, statement_cursor


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
    with statement_cursor() as cursor:
        cursor.execute(f"WITH {head} {last}" if head else last, [value for rows in wanted for value in _values(rows)])


def _insert(rows: Sequence[models.Model], *, on_conflict: OnConflict | None) -> int:
    with statement_cursor() as cursor:
        cursor.execute(_sql(type(rows[0]), len(rows), on_conflict), _values(rows))
        keys = [key for (key,) in cursor.fetchall()]
    for row, key in zip(rows, keys, strict=False):  # none came back for a row that was there already
        row.pk, row._state.adding, row._state.db = key, False, DEFAULT_DB_ALIAS
    return len(keys)


def _values(rows: Sequence[models.Model]) -> list[Any]:
    fields, connection = _fields_with_ready(type(rows[0])), database()
    return [_value(field, ready, row, connection) for row in rows for field, ready in fields]


# The values of these kinds of columns, of exactly this type, are written as they are; Django's own way to the same
# value takes ten times as long.
_READY: dict[type[models.Field[Any, Any]], type] = {
    models.CharField: str,
    models.TextField: str,
    models.BooleanField: bool,
    models.DateField: date,
    models.SmallIntegerField: int,
    models.PositiveSmallIntegerField: int,
    models.IntegerField: int,
    models.PositiveIntegerField: int,
    models.BigIntegerField: int,
}


def _value(
    field: models.Field[Any, Any], ready: type | None, row: models.Model, connection: BaseDatabaseWrapper
) -> Any:
    if ready is not None:
        value = getattr(row, field.attname)
        if type(value) is ready or value is None:
            return value
    return field.get_db_prep_save(field.pre_save(row, True), connection)


def _ready_type(field: models.Field[Any, Any]) -> type | None:
    """Of a foreign key the type of what it points to; None where the field has something to say of its own."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if type(target) in (models.AutoField, models.BigAutoField):
        return int
    return (
        None if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False) else _READY.get(type(field))
    )


@cache
def _fields_with_ready(model: type[models.Model]) -> tuple[tuple[models.Field[Any, Any], type | None], ...]:
    return tuple((field, _ready_type(field)) for field in _fields(model))


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
