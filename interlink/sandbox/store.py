"""An agency's own storage: one SQLite file, every request exactly once by its message id, replies with their time.

Everything an agency will say is planned in the transaction that stores the request, so a kill loses nothing.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from interlink.sandbox.behaviour import Behaviour

SCHEMA = """
CREATE TABLE IF NOT EXISTS requests (
  message_id TEXT PRIMARY KEY, case_code TEXT, leg TEXT, generation INTEGER, kind TEXT, number INTEGER,
  digest TEXT, jws TEXT, receipt TEXT, received_at REAL, repeats INTEGER DEFAULT 0);
CREATE INDEX IF NOT EXISTS requests_of_leg ON requests (case_code, leg, generation);
CREATE TABLE IF NOT EXISTS replies (
  id INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT, case_code TEXT, leg TEXT, generation INTEGER,
  sequence INTEGER, kind TEXT, visible_at REAL, jws TEXT, is_published INTEGER DEFAULT 0);
CREATE INDEX IF NOT EXISTS replies_due ON replies (visible_at) WHERE is_published = 0;
CREATE INDEX IF NOT EXISTS replies_of_leg ON replies (case_code, leg, generation);
CREATE TABLE IF NOT EXISTS published (
  cursor INTEGER PRIMARY KEY AUTOINCREMENT, reply_id INTEGER, is_called_back INTEGER DEFAULT 0);
CREATE INDEX IF NOT EXISTS published_open ON published (cursor) WHERE is_called_back = 0;
CREATE TABLE IF NOT EXISTS twins (key TEXT PRIMARY KEY, case_code TEXT);
CREATE TABLE IF NOT EXISTS people (personal_id TEXT PRIMARY KEY, shown TEXT);
CREATE TABLE IF NOT EXISTS look_ups (
  message_id TEXT PRIMARY KEY, personal_id TEXT, purpose TEXT, reference TEXT, clerk TEXT, at REAL, answer TEXT);
CREATE TABLE IF NOT EXISTS told (id INTEGER PRIMARY KEY CHECK (id = 1), behaviour TEXT);
"""


class Store:
    """One connection per thread; writers queue up on SQLite's own lock."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path, self._local = path, threading.local()
        with self._connection() as connection:
            connection.executescript(SCHEMA)
        path.chmod(0o600)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction that nobody else writes beside; it is on disk when it ends."""
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise

    def read(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        return self._connection().execute(sql, values).fetchall()

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = sqlite3.connect(self.path, timeout=30, isolation_level=None)
            found.row_factory = sqlite3.Row
            found.execute("PRAGMA journal_mode = WAL")
            found.execute("PRAGMA synchronous = FULL")
            self._local.connection = found
        return found


def behaviour_in(connection: sqlite3.Connection) -> Behaviour:
    row = connection.execute("SELECT behaviour FROM told WHERE id = 1").fetchone()
    return Behaviour().told(json.loads(row["behaviour"])) if row else Behaviour()


def remember_behaviour(connection: sqlite3.Connection, behaviour: Behaviour) -> None:
    connection.execute("INSERT OR REPLACE INTO told (id, behaviour) VALUES (1, ?)", [json.dumps(behaviour.as_json())])


def figures(store: Store) -> dict[str, int]:
    """What the agency counts of itself: requests, those said again, legs asked twice under different numbers."""
    (row,) = store.read("SELECT count(*) AS requests, coalesce(sum(repeats), 0) AS repeats FROM requests")
    doubled = store.read(
        "SELECT count(*) AS n FROM (SELECT 1 FROM requests GROUP BY case_code, leg, generation, kind, number"
        " HAVING count(*) > 1)"
    )
    (replies,) = store.read("SELECT count(*) AS n FROM published")
    return {
        "requests": row["requests"],
        "repeats": row["repeats"],
        "doubled": doubled[0]["n"],
        "published": replies["n"],
    }
