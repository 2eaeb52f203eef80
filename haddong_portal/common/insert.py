"""Insert a row unless a unique constraint says it is there already: one statement, no savepoint."""

from __future__ import annotations

from django.db import models, router
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
