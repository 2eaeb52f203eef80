"""Statements that the server keeps parsed: same answers, seen by Django's query log, constants written in."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext

from haddong_portal.accounts.models import Unit
from haddong_portal.common.prepared import PreparedRows
from haddong_portal.common.statements import statement_cursor, with_literals
from haddong_portal.plumbing.models import NumberSequence
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


def ask(sql: str, *values: object) -> object:
    with statement_cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def test_placeholders_and_per_cents_mean_what_they_mean_to_django() -> None:
    assert ask("SELECT %s || '%%' || %s", "a", "b") == "a%b"
    assert ask("SELECT 7 %% 4") == 3


def test_numbers_of_every_size_share_one_kept_statement() -> None:
    for value in (1, 40_000, 3_000_000_000, 1, 40_000, 3_000_000_000):
        assert ask("SELECT %s + 1", value) == value + 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement = %s", ["SELECT $1 + 1"])
        assert cursor.fetchone()[0] == 1


def test_the_query_log_shows_each_statement() -> None:
    with CaptureQueriesContext(connection) as seen:
        for _ in range(4):  # the last ones are sent by name alone
            ask("SELECT %s", "quận")
    assert [query["sql"] for query in seen.captured_queries] == ["SELECT $1"] * 4


def test_a_refusal_of_the_database_is_djangos_error_and_the_connection_goes_on() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), statement_cursor() as cursor:
        cursor.execute(f"INSERT INTO {NumberSequence._meta.db_table} DEFAULT VALUES", [])
    assert ask("SELECT %s", "còn sống") == "còn sống"


def test_what_never_changes_is_written_into_the_statement() -> None:
    assert with_literals("SELECT %s, %s, '%%'", ["50% 'x'", 5], [False, True]) == "SELECT '50%% ''x''', %s, '%%'"


def test_a_constant_that_only_feeds_a_function_of_any_type_still_works() -> None:
    unit = UnitFactory()
    rows = PreparedRows(
        lambda pk: Unit.objects.filter(pk=pk).values_list(Concat(Value("unit:"), "key", output_field=CharField())),
        pk=-7_000_001,
    )
    for _ in range(4):  # past the threshold of keeping it
        assert rows(pk=unit.pk) == [(f"unit:{unit.key}",)]
