"""One ward with its desk, signed-in people, and a way to count a whole request's statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from haddong_portal.accounts.models import User
from haddong_portal.accounts.sessions import choose, touch
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from tests.bench.counting import StatementLog

OpenSession = Callable[[Actor], Client]


@contextmanager
def at_most(limit: int) -> Iterator[StatementLog]:
    """Every statement inside counts, savepoints too; fails with the statements."""
    log = StatementLog()
    with connection.execute_wrapper(log):
        yield log
    found = as_served(log.statements)
    told = "\n".join(f"{number}. {sql[:160]}" for number, sql in enumerate(found, start=1))
    assert len(found) <= limit, f"{len(found)} statements, at most {limit}:\n{told}"


def as_served(statements: list[str]) -> list[str]:
    """Without the outermost savepoints: in a test's transaction they stand for a request's BEGIN and COMMIT."""
    found, depth = [], 0
    for sql in statements:
        opens, closes = sql.startswith("SAVEPOINT"), sql.startswith(("RELEASE SAVEPOINT", "ROLLBACK TO"))
        if not (opens and depth == 0) and not (closes and depth == 1):
            found.append(sql)
        depth += opens - sql.startswith("RELEASE SAVEPOINT")
    return found


@pytest.fixture
def open_session() -> OpenSession:
    """A client with the session of an actor, as the sign-in leaves it after a first page."""

    def signed_in(actor: Actor) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=actor.user_id), backend="haddong_portal.accounts.backends.StaffBackend")
        session = client.session
        choose(session, actor.post_id or 0)
        touch(session, clock.now())
        session.save()
        return client

    return signed_in
