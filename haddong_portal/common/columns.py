"""A model's fields as columns of statements that are written by hand."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection, models


@cache
def fields_of(model: type[models.Model], names: tuple[str, ...]) -> tuple[models.Field[Any, Any], ...]:
    """The fields of these names, in this order."""
    return tuple(model._meta.get_field(name) for name in names)  # type: ignore[misc]  # columns, no relations back


def quoted(field: models.Field[Any, Any]) -> str:
    """Its name in the database, quoted."""
    assert field.column is not None, f"{field.name} is no column"
    return connection.ops.quote_name(field.column)


def placeholder_of(field: models.Field[Any, Any]) -> str:
    """ "%s", or with the cast that the kind of column wants (arrays)."""
    own = getattr(field, "get_placeholder", None)
    return own(None, None, connection) if own else "%s"


def equals(fields: tuple[models.Field[Any, Any], ...], between: str) -> str:
    """ "a = %s, b = %s" with `between` between them."""
    return between.join(f"{quoted(field)} = {placeholder_of(field)}" for field in fields)
