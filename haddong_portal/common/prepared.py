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
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, JSONField, Model, QuerySet
from django.db.models.query import get_related_populators

from haddong_portal.common.statements import database, statement_cursor, with_literals

Value = int | str | date
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class _Statement:
    """`slots` names the value for each placeholder of `sql`, in order."""

    sql: str
    slots: tuple[str, ...]
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
        with statement_cursor() as cursor:
            cursor.execute(statement.sql, [values[name] for name in statement.slots])
            rows, connection = cursor.fetchall(), database()
        return [_converted(row, statement, connection) for row in rows]

    @property
    def statement(self) -> _Statement:
        return self._statement or self._prepare()

    def _prepare(self) -> _Statement:
        compiler = self._build(**self._samples).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        found = [self._slot_of(each) for each in parameters]
        slots = tuple(slot for slot in found if slot)
        missing = set(self._samples) - set(slots)
        assert not missing, f"the statement does not use {', '.join(sorted(missing))}"
        columns = [column for column, _, _ in compiler.select[: compiler.col_count]]
        converters = compiler.get_converters(columns)
        text = with_literals(sql, parameters, [slot is not None for slot in found])
        self._statement = _Statement(text, slots, converters, compiler.select, compiler.klass_info)
        return self._statement

    def _slot_of(self, parameter: Any) -> str | None:
        """Which value the parameter stands for; None for one that is the same in every call."""
        for name, sample in self._samples.items():
            if parameter == sample:
                return name
            assert not (isinstance(parameter, list | tuple) and sample in parameter), f"{name} stands within a list"
        return None


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
        return _ArrayOf(statement.sql, tuple(values[name] for name in statement.slots))


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
    alias = connection.alias
    populators = get_related_populators(info, statement.select, alias)  # type: ignore[call-arg]  # the stubs describe a later Django

    def make(row: Sequence[Any]) -> Any:
        found = model.from_db(alias, names, row[first:last])
        for populator in populators:
            populator.populate(row, found)
        return found

    return make


def _converted(row: Sequence[Any], statement: _Statement, connection: BaseDatabaseWrapper) -> tuple[Any, ...]:
    values = list(row)
    for position, (converters, expression) in statement.converters.items():
        for convert in converters:
            values[position] = convert(values[position], expression, connection)
    return tuple(values)
