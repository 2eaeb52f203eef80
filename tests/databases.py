"""Databases of one test run: migrate once into a template, then copy it for whoever needs one.

Names carry the run's id, so that runs sharing a server never meet. xdist workers share the template.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

from haddong_portal.embedded import Home
from haddong_portal.embedded.locks import FileLock
from haddong_portal.embedded.postgres import programs

REPOSITORY = Path(__file__).resolve().parent.parent
KEPT = REPOSITORY / ".cache" / "test-schema"
KEPT_MAX = 8
RUN = os.environ["HADDONG_TEST_RUN"]
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


def name_of(purpose: str) -> str:
    """The database of this worker for one purpose: `test` or `live`."""
    return f"run_{RUN}_{purpose}_{WORKER}"


def make_database(name: str) -> str:
    """A fresh, migrated database; returns its name. A leftover of the same name is replaced."""
    template = _template()
    drop_database(name)
    _run("CREATE DATABASE {} TEMPLATE {}", name, template)
    return name


def drop_database(name: str) -> None:
    """Drop it with whatever sessions it has."""
    _run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def drop_all_of_run() -> None:
    """Drop what is left of this run on a server that outlives it."""
    with _maintenance() as link:
        rows = link.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"run_{RUN}_"]
        ).fetchall()
    for (name,) in rows:
        drop_database(name)


@contextlib.contextmanager
def use_database(name: str) -> Iterator[None]:
    """Point Django's default connection of this process at another database for a while."""
    before = connection.settings_dict["NAME"]
    _switch(name)
    try:
        yield
    finally:
        _switch(before)


def url_of(name: str) -> str:
    """DATABASE_URL of another database on the same server."""
    return os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"


def _switch(name: str) -> None:
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _template() -> str:
    name = f"run_{RUN}_template"
    lock = FileLock(Home(Path(os.environ["HADDONG_HOME"])), "template")
    lock.acquire(timeout_seconds=None)
    try:
        if not _exists(name):
            _build_template(name)
    finally:
        lock.release()
    return name


def _build_template(name: str) -> None:
    draft = f"{name}_draft"
    drop_database(draft)
    _run("CREATE DATABASE {}", draft)
    kept = _kept_dump()
    if kept is not None and kept.exists():
        _client("psql", "-X", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", f"--file={kept}", draft)
    else:
        with use_database(draft):
            call_command("migrate", verbosity=0, interactive=False)
        if kept is not None:
            _keep(draft, kept)
    _run("ALTER DATABASE {} RENAME TO {}", draft, name)


def _kept_dump() -> Path | None:
    """Where the migrated schema of exactly this code is kept between runs; None under CI and on other servers.

    Migrating takes some fifteen seconds of processor time, restoring a dump one. The name is a digest of
    every migration, every shipped data file and the locked packages.
    """
    if os.environ.get("CI") or "haddong-test-" not in os.environ["DATABASE_URL"]:
        return None
    digest = hashlib.sha256((REPOSITORY / "uv.lock").read_bytes())
    folders = [REPOSITORY / name for name in ("haddong_portal", "procedures", "dossiers", "interlink", "feedback")]
    patterns = ("migrations/*.py", "data/*")
    for path in sorted(path for folder in folders for pattern in patterns for path in folder.rglob(pattern)):
        if path.is_file():
            digest.update(str(path.relative_to(REPOSITORY)).encode() + path.read_bytes())
    return KEPT / f"{digest.hexdigest()[:24]}.sql"


def _keep(database: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in sorted(path.parent.glob("*.sql"), key=lambda file: file.stat().st_mtime)[:-KEPT_MAX]:
        old.unlink(missing_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    _client("pg_dump", "--no-owner", "--no-comments", f"--file={draft}", database)
    draft.rename(path)


def _client(program: str, *arguments: str) -> None:
    *options, database = arguments
    command = [str(programs() / program), *options, f"--dbname={url_of(database)}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{program}: {done.stderr}"


def _exists(name: str) -> bool:
    with _maintenance() as link:
        return link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _run(statement: str, *names: str) -> None:
    with _maintenance() as link:
        link.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _maintenance() -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
