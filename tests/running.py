"""A whole running portal for tests: real web server, real workers, real broker, a database of its own.

The portal runs in processes of its own over its own database, so nothing of a test's transaction is
shared. A test drives it through the browser or HTTP, and reads or makes data by acting in the same
database for a while:

    def test_it(running_portal, page):
        with running_portal.database():          # committed at once, seen by web and worker
            dossier = receive_dossier(...)
        page.goto(running_portal.url("/ho-so/"))

Such a test must not use the `db` fixture or the `django_db` mark: `database()` opens the way itself.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from haddong_portal.deploy.commands import reader_command, web_command, worker_command
from haddong_portal.embedded import process
from tests.databases import REPOSITORY, WORKER, drop_database, make_database, name_of, url_of, use_database
from tests.scale import PATIENCE

START_SECONDS_MAX = 40.0
STOP_SECONDS_MAX = 10.0


@dataclass
class RunningPortal:
    """Addresses of the running portal, and the way into its database."""

    base_url: str
    database_name: str
    folder: Path
    environment: dict[str, str]
    blocker: DjangoDbBlocker
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def notice_file(self) -> Path:
        """Where the file gateway writes what people would have received (NOTICE_FILE)."""
        return self.folder / "notices.jsonl"

    def url(self, path: str) -> str:
        """The full address of a path that starts with a slash."""
        return self.base_url + path

    @contextlib.contextmanager
    def database(self) -> Iterator[None]:
        """Act in the portal's database from the test: what is written commits at once."""
        with self.blocker.unblock(), use_database(self.database_name):
            yield

    def manage(self, *arguments: str) -> str:
        """Run a management command against the portal; returns what it printed, fails with its output."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=REPOSITORY,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"manage.py {' '.join(arguments)}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def log(self, name: str) -> str:
        """The log of `web`, `worker` or `reader` so far."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def start(self, name: str, command: list[str]) -> None:
        """Start one process of the portal; it ends with the test process, whatever ends that."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command,
                cwd=REPOSITORY,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=process.die_with_parent(signal.SIGTERM),
            )

    def stop(self, name: str) -> None:
        """Stop one process (a test may take the worker away and start it again)."""
        child = self.processes.pop(name)
        process.stop(child, timeout_seconds=STOP_SECONDS_MAX)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)

    def start_web(self) -> None:
        """Start the web server and wait for its first answer."""
        port = int(self.base_url.rsplit(":", 1)[1])
        self.start("web", web_command(host="127.0.0.1", port=port, workers=1))
        self._wait("web", self._web_answers)

    def start_worker(self) -> None:
        """Start the worker and wait until it takes messages."""
        self._start_celery("worker", worker_command(processes=1, log_level="INFO"))

    def start_reader(self) -> None:
        """Start the worker that reads scans and wait until it takes messages."""
        self._start_celery("reader", reader_command(processes=1, log_level="INFO"))

    def _start_celery(self, name: str, command: list[str]) -> None:
        (self.folder / f"{name}.log").unlink(missing_ok=True)
        self.start(name, command)
        self._wait(name, lambda: " ready." in self.log(name))

    def _web_answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url("/healthz"), timeout=2):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def _wait(self, name: str, condition: object) -> None:
        assert callable(condition)
        process.wait_until(
            lambda: condition() or self.processes[name].poll() is not None,
            timeout_seconds=START_SECONDS_MAX * PATIENCE,
        )
        assert condition(), f"{name} did not start:\n{self.log(name)[-3000:]}"


@pytest.fixture(scope="session")
def portal_seed() -> list[list[str]]:
    """Management commands that fill the running portal before it starts; a tests/<app>/conftest.py may override it."""
    return []


@pytest.fixture(scope="session")
def running_portal(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, portal_seed: list[list[str]]
) -> Iterator[RunningPortal]:
    """Web (one worker) and both Celery workers over a fresh database; stopped and dropped at the end of the session."""
    portal = _make_portal(django_db_blocker)
    try:
        for arguments in portal_seed:
            portal.manage(*arguments)
        portal.start_worker()
        portal.start_reader()
        portal.start_web()
        yield portal
    finally:
        for name in list(portal.processes):
            portal.stop(name)
        with django_db_blocker.unblock():
            drop_database(portal.database_name)


def _make_portal(blocker: DjangoDbBlocker) -> RunningPortal:
    folder = Path(os.environ["HADDONG_HOME"]) / f"live-{WORKER}"
    folder.mkdir(exist_ok=True)
    base_url = f"http://127.0.0.1:{_free_port()}"
    with blocker.unblock():
        name = make_database(name_of("live"))
    redis_url, number = os.environ["REDIS_URL"].rsplit("/", 1)
    environment = os.environ | {
        "DATABASE_URL": url_of(name),
        "REDIS_URL": f"{redis_url}/{int(number) + 1}",
        "DJANGO_SETTINGS_MODULE": "haddong_portal.settings",
        "PUBLIC_URL": base_url,
        "MEDIA_ROOT": str(folder / "papers"),
        "NOTICE_FILE": str(folder / "notices.jsonl"),
        "PYTHONUNBUFFERED": "1",
    }
    return RunningPortal(base_url, name, folder, environment, blocker)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
