"""Queries whose SQL is worked out once.

Building a statement of several sub-queries costs Django more CPU than running it: most of a dossier's page was that.
A prepared query is written with the ORM as always; its SQL is kept and asked again with other values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Value = int | str | date


@dataclass(frozen=True)
class _Slot:
    """Where a parameter stands among those of the statement."""

    name: str


@dataclass(frozen=True)
class _Statement:
    sql: str
    parameters: tuple[Any, ...]
    converters: dict[int, tuple[Sequence[Callable[..., Any]], Any]]


class PreparedRows:
    """`build(**samples)` is a `values_list` queryset. The samples must be values that nothing else in it equals.

    lines = PreparedRows(lambda dossier_id: Line.objects.filter(dossier=dossier_id).values_list("name"),
                         dossier_id=-7_000_001)
    lines(dossier_id=5)
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **samples: Value) -> None:
        self._build, self._samples = build, samples
        self._statement: _Statement | None = None

    def __call__(self, **values: Value) -> list[tuple[Any, ...]]:
        """All rows for these values, in the order of the queryset."""
        statement = self._statement or self._prepare()
        parameters = [values[each.name] if isinstance(each, _Slot) else each for each in statement.parameters]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, parameters)
            return [_converted(row, statement) for row in cursor.fetchall()]

    def _prepare(self) -> _Statement:
        compiler = self._build(**self._samples).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        slots = tuple(self._slot_or_value(each) for each in parameters)
        missing = set(self._samples) - {each.name for each in slots if isinstance(each, _Slot)}
        assert not missing, f"the statement does not use {', '.join(sorted(missing))}"
        columns = [column for column, _, _ in compiler.select[: compiler.col_count]]
        self._statement = _Statement(sql, slots, compiler.get_converters(columns))
        return self._statement

    def _slot_or_value(self, parameter: Any) -> Any:
        for name, sample in self._samples.items():
            if parameter == sample:
                return _Slot(name)
        return parameter


def _converted(row: Sequence[Any], statement: _Statement) -> tuple[Any, ...]:
    values = list(row)
    for position, (converters, expression) in statement.converters.items():
        for convert in converters:
            values[position] = convert(values[position], expression, connection)
    return tuple(values)
