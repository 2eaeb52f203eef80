"""Write named columns of one row with an UPDATE whose SQL is worked out once per model and set of columns.

What `save(update_fields=…)` does, without signals: models with a history and encrypted columns, whose index must be
written with them, are saved the usual way.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import connection, models

from haddong_portal.common.crypto.fields import BlindIndexField, EncryptedTextField
from haddong_portal.common.statements import statement_cursor

SEALED = (EncryptedTextField, BlindIndexField)


def update_row(row: models.Model, columns: Iterable[str]) -> None:
    """Write `columns` (field names) of a stored row. Raises DoesNotExist of its model when it is gone."""
    model, names = type(row), tuple(sorted(columns))
    assert is_plain(model, names), f"{model._meta.label}: encrypted columns are saved with their index"
    values = [field.get_db_prep_save(field.pre_save(row, False), connection) for field in _fields(model, names)]
    with statement_cursor() as cursor:
        cursor.execute(_sql(model, names), [*values, row.pk])
        if cursor.rowcount != 1:
            raise model.DoesNotExist(f"{model._meta.label} {row.pk}")  # type: ignore[attr-defined]  # every model's own


@cache
def _fields(model: type[models.Model], names: tuple[str, ...]) -> tuple[models.Field[Any, Any], ...]:
    return tuple(model._meta.get_field(name) for name in names)  # type: ignore[misc]  # columns, no relations back


@cache
def is_plain(model: type[models.Model], columns: tuple[str, ...]) -> bool:
    """Whether none of the columns is encrypted."""
    return not any(isinstance(model._meta.get_field(name), SEALED) for name in columns)


@cache
def _sql(model: type[models.Model], names: tuple[str, ...]) -> str:
    quote = connection.ops.quote_name
    told = ", ".join(f"{quote(_column(field))} = {_placeholder(field)}" for field in _fields(model, names))
    key = model._meta.pk
    assert key is not None, "every table has a key"
    return f"UPDATE {quote(model._meta.db_table)} SET {told} WHERE {quote(_column(key))} = %s"  # noqa: S608 - own names


def _column(field: models.Field[Any, Any]) -> str:
    """Its name in the database."""
    assert field.column is not None, f"{field.name} is no column"
    return field.column


def _placeholder(field: models.Field[Any, Any]) -> str:
    """ "%s", or with the cast that the kind of column wants (arrays)."""
    own = getattr(field, "get_placeholder", None)
    return own(None, None, connection) if own else "%s"
