"""Write named columns of one row with an UPDATE whose SQL is worked out once per model and set of columns.

What `save(update_fields=…)` does, without signals: models with a history and encrypted columns, whose index must be
written with them, are saved the usual way.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.db import connection, models

from haddong_portal.common.columns import equals, fields_of
from haddong_portal.common.crypto.fields import BlindIndexField, EncryptedTextField
from haddong_portal.common.statements import statement_cursor

SEALED = (EncryptedTextField, BlindIndexField)


def update_row(row: models.Model, columns: Iterable[str]) -> None:
    """Write `columns` (field names) of a stored row. Raises DoesNotExist of its model when it is gone."""
    model, names = type(row), tuple(sorted(columns))
    assert is_plain(model, names), f"{model._meta.label}: encrypted columns are saved with their index"
    values = [field.get_db_prep_save(field.pre_save(row, False), connection) for field in fields_of(model, names)]
    with statement_cursor() as cursor:
        cursor.execute(_sql(model, names), [*values, row.pk])
        if cursor.rowcount != 1:
            raise model.DoesNotExist(f"{model._meta.label} {row.pk}")  # type: ignore[attr-defined]  # every model's own


@cache
def is_plain(model: type[models.Model], columns: tuple[str, ...]) -> bool:
    """Whether none of the columns is encrypted."""
    return not any(isinstance(model._meta.get_field(name), SEALED) for name in columns)


@cache
def _sql(model: type[models.Model], names: tuple[str, ...]) -> str:
    table, key = connection.ops.quote_name(model._meta.db_table), model._meta.pk
    assert key is not None, "every table has a key"
    return f"UPDATE {table} SET {equals(fields_of(model, names), ', ')} WHERE {equals((key,), '')}"  # noqa: S608 - own names
