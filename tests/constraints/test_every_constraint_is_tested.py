"""A constraint that nobody has seen refuse is a hope: each named one has a case here, and each case a constraint."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.constraints import (  # noqa: F401 - they register their names
    test_dossier_engine,
    test_dossiers,
    test_feedback,
    test_interlink,
    test_papers,
    test_platform,
    test_procedures,
    test_scans,
)
from tests.constraints.registry import TRIGGERS, declared_names, names_with_a_test


def test_every_named_constraint_is_broken_by_a_test() -> None:
    assert declared_names() - names_with_a_test() == set()


def test_no_test_breaks_what_is_no_longer_there() -> None:
    assert names_with_a_test() - declared_names() == set()


@pytest.mark.django_db
def test_the_triggers_are_those_of_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgname FROM pg_trigger WHERE NOT tgisinternal")
        assert {name for (name,) in cursor.fetchall()} == TRIGGERS
