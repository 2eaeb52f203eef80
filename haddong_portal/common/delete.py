"""Delete rows by the values of named columns with a DELETE whose SQL is worked out once.

Only for models that nothing refers to: no cascades, no signals.
"""

from __future__ import annotations

from functools import cache

from django.db import connection, models

from haddong_portal.common.columns import equals, fields_of
from haddong_portal.common.statements import database, statement_cursor


def delete_rows(model: type[models.Model], **values: object) -> int:
    """How many rows of `model` with these values (field names) are gone."""
    names = tuple(sorted(values))
    told = [field.get_db_prep_value(values[field.name], database()) for field in fields_of(model, names)]
    with statement_cursor() as cursor:
        cursor.execute(_sql(model, names), told)
        return int(cursor.rowcount)


@cache
def _sql(model: type[models.Model], names: tuple[str, ...]) -> str:
    meta, table = model._meta, connection.ops.quote_name(model._meta.db_table)
    assert not meta.related_objects, f"{meta.label}: other rows refer to it"
    return f"DELETE FROM {table} WHERE {equals(fields_of(model, names), ' AND ')}"  # noqa: S608 - own names
