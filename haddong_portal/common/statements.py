"""Statements that the database server keeps parsed: the hot ones of a page go out as a name and their values.

Django writes the values into the text, so psycopg takes every long statement apart anew and sends it whole, and the
server parses and plans it again: a third of a dossier's page. These cursors take the same text with the same
placeholders and are counted and logged by Django like any other; psycopg prepares a statement that comes again
(setting DATABASES OPTIONS prepare_threshold).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from psycopg.types.numeric import Int8

KEPT_MAX = 1024
_PLACEHOLDER = re.compile(r"%s|%%")


class StatementCursor(psycopg.RawCursor[Any]):
    """Takes Django's placeholders (`%s`, `%%`); every integer goes out as bigint, so that a statement has one form."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> StatementCursor:
        values = [Int8(value) if type(value) is int else value for value in params or ()]
        super().execute(_numbered(query), values, **options)
        return self

    def _convert_query(self, query: Any, params: Any = None) -> Any:
        """psycopg forgets the text of a statement it sends by name; Django's query log reads it here."""
        self._query = super()._convert_query(query, params)
        return self._query


def database() -> BaseDatabaseWrapper:
    """The default connection itself: `django.db.connection` looks it up anew for each attribute."""
    return connections[DEFAULT_DB_ALIAS]


def statement_cursor() -> CursorWrapper:
    """A cursor of the default connection, for `with`; Django's wrappers and its query log see each statement."""
    connection = database()
    connection.ensure_connection()
    cursor: Any = StatementCursor(connection.connection)  # the stubs want a wrapper where a driver's cursor goes
    return connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)


def with_literals(sql: str, parameters: Sequence[Any], is_kept: Sequence[bool]) -> str:
    """`sql` with the parameters that are not kept written into it: they are the same in every call.

    The server cannot tell the type of a parameter that only feeds a function of any type; of a literal it can.
    """
    connection = database()
    connection.ensure_connection()
    waiting = iter(zip(parameters, is_kept, strict=True))

    def written(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%%"
        value, stays = next(waiting)
        return "%s" if stays else psycopg.sql.Literal(value).as_string(connection.connection).replace("%", "%%")

    return _PLACEHOLDER.sub(written, sql)


@lru_cache(maxsize=KEPT_MAX)
def _numbered(sql: str) -> str:
    """`%s` as $1, $2 …"""
    numbers = iter(range(1, sql.count("%s") + 1))
    return _PLACEHOLDER.sub(lambda found: "%" if found[0] == "%%" else f"${next(numbers)}", sql)
