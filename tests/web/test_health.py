"""A web process is ready only when database, schema and broker are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

from haddong_portal.common.web import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    health._complete.clear()
    yield
    health._complete.clear()


def test_ready_when_everything_is_there(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        200,
        {"status": "ok", "database": True, "schema": True, "broker": True},
    )


def test_not_ready_while_a_migration_is_missing(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'feedback'")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"], answer.json()["schema"]) == (503, "unavailable", False)
    assert "first is feedback.0001" in caplog.text
    assert client.get("/healthz").status_code == 200, "the process itself is well"


def test_not_ready_over_an_empty_database(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_migrations RENAME TO django_migrations_away")
    assert client.get("/readyz").json()["schema"] is False
