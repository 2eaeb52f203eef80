"""Delete rows by the values of named columns with a DELETE whose SQL is worked out once.

Only for models that nothing refers to: no cascades, no signals.
"""

from __future__ import annotations

from functools import cache

from django.db import connection, models

from haddong_portal.common.statements import database, statement_cursor


def delete_rows(model: type[models.Model], **values: object) -> int:
    """How many rows of `model` with these values (field names) are gone."""
    names = tuple(sorted(values))
    fields = [model._meta.get_field(name) for name in names]
    told = [field.get_db_prep_value(values[field.name], database()) for field in fields]  # type: ignore[union-attr]  # columns
    with statement_cursor() as cursor:
        cursor.execute(_sql(model, names), told)
        return int(cursor.rowcount)


@cache
def _sql(model: type[models.Model], names: tuple[str, ...]) -> str:
    meta, quote = model._meta, connection.ops.quote_name
    assert not meta.related_objects, f"{meta.label}: other rows refer to it"
    columns = [str(getattr(meta.get_field(name), "column", "")) for name in names]
    told = " AND ".join(f"{quote(column)} = %s" for column in columns)
    return f"DELETE FROM {quote(meta.db_table)} WHERE {told}"  # noqa: S608 - own names
