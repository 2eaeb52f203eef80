"""Queries whose SQL is worked out once.

Building a statement of several sub-queries costs Django more CPU than running it: most of a dossier's page was that.
A prepared query is written with the ORM as always; its SQL is kept and asked again with other values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Expression, JSONField, Model, QuerySet
from django.db.models.query import get_related_populators

Value = int | str | date
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class _Slot:
    """Where a parameter stands among those of the statement."""

    name: str


@dataclass(frozen=True)
class _Statement:
    sql: str
    parameters: tuple[Any, ...]
    converters: dict[int, tuple[Sequence[Callable[..., Any]], Any]]
    select: list[Any]
    klass_info: dict[str, Any] | None


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
        statement = self.statement
        parameters = [values[each.name] if isinstance(each, _Slot) else each for each in statement.parameters]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, parameters)
            return [_converted(row, statement) for row in cursor.fetchall()]

    @property
    def statement(self) -> _Statement:
        return self._statement or self._prepare()

    def _prepare(self) -> _Statement:
        compiler = self._build(**self._samples).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        slots = tuple(self._slot_or_value(each) for each in parameters)
        missing = set(self._samples) - {each.name for each in slots if isinstance(each, _Slot)}
        assert not missing, f"the statement does not use {', '.join(sorted(missing))}"
        columns = [column for column, _, _ in compiler.select[: compiler.col_count]]
        converters = compiler.get_converters(columns)
        self._statement = _Statement(sql, slots, converters, compiler.select, compiler.klass_info)
        return self._statement

    def _slot_or_value(self, parameter: Any) -> Any:
        for name, sample in self._samples.items():
            if parameter == sample:
                return _Slot(name)
            assert not (isinstance(parameter, list | tuple) and sample in parameter), f"{name} stands within a list"
        return parameter


class PreparedModels(Generic[Row]):
    """The same for a queryset of whole models, with whatever `select_related` joins. No annotations, no prefetches."""

    def __init__(self, build: Callable[..., QuerySet[Row]], **samples: Value) -> None:
        self._rows = PreparedRows(build, **samples)
        self._make: Callable[[Sequence[Any]], Row] | None = None

    def __call__(self, **values: Value) -> list[Row]:
        """All models for these values, in the order of the queryset."""
        rows = self._rows(**values)
        if self._make is None:
            self._make = _maker(self._rows.statement)
        return [self._make(row) for row in rows]


class PreparedArray:
    """The same as one column of another queryset: `build` gives rows of one JSON value, the column is their list."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **samples: Value) -> None:
        self._rows = PreparedRows(build, **samples)

    def __call__(self, **values: Value) -> Expression:
        """The column for these values."""
        statement = self._rows.statement
        parameters = [values[each.name] if isinstance(each, _Slot) else each for each in statement.parameters]
        return _ArrayOf(statement.sql, tuple(parameters))


class _ArrayOf(Expression):
    output_field = ArrayField(JSONField())

    def __init__(self, sql: str, parameters: tuple[Any, ...]) -> None:
        super().__init__()
        self.sql, self.parameters = sql, parameters

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return f"ARRAY({self.sql})", self.parameters


def _maker(statement: _Statement) -> Callable[[Sequence[Any]], Any]:
    """What Django's ModelIterable works out anew for each queryset."""
    info = statement.klass_info
    assert info is not None, "a queryset of models, not of values"
    model, first, last = info["model"], info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column.target.attname for column, _, _ in statement.select[first:last]]
    populators = get_related_populators(info, statement.select, connection.alias)  # type: ignore[call-arg]  # the stubs describe a later Django

    def make(row: Sequence[Any]) -> Any:
        found = model.from_db(connection.alias, names, row[first:last])
        for populator in populators:
            populator.populate(row, found)
        return found

    return make


def _converted(row: Sequence[Any], statement: _Statement) -> tuple[Any, ...]:
    values = list(row)
    for position, (converters, expression) in statement.converters.items():
        for convert in converters:
            values[position] = convert(values[position], expression, connection)
    return tuple(values)
