"""Insert a row of a model with a history together with its first historical record, at the cost of two INSERTs."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import models
from simple_history.utils import get_history_model_for_model

from haddong_portal.common import clock
from haddong_portal.common.insert import insert_row

CREATED = "+"


def insert_with_history(row: models.Model) -> None:
    """What `row.save(force_insert=True)` does with django-simple-history, without signals; `row` has its key after."""
    insert_row(row)
    record = _history_of(type(row))
    insert_row(
        record(
            **{field.attname: getattr(row, field.attname) for field in record.tracked_fields},
            history_date=getattr(row, "_history_date", None) or clock.now(),
            history_type=CREATED,
            history_user_id=getattr(record.get_default_history_user(row), "pk", None),
        )
    )


@cache
def _history_of(model: type[models.Model]) -> Any:
    return get_history_model_for_model(model)
