"""Helpers of the set-up tests: folders of their own, and processes that see no server of the test run."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from haddong_portal.embedded import Home
from haddong_portal.embedded.locks import is_taken
from haddong_portal.embedded.process import wait_until
from tests.databases import REPOSITORY

SERVERS = ("DATABASE_URL", "REDIS_URL", "HADDONG_TEST_HOME", "HADDONG_TEST_RUN")
SECRETS = ("SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "BLIND_INDEX_KEY")


def bare_environment(home: Home, **more: str) -> dict[str, str]:
    """The environment of an operator who set nothing but HADDONG_HOME."""
    hidden = {*SERVERS, *SECRETS, "HADDONG_MODE", "PUBLIC_URL", "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return kept | {"HADDONG_HOME": str(home.root), "PYTHONUNBUFFERED": "1"} | more


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """An empty HADDONG_HOME; whatever its test started is gone afterwards, or the test fails."""
    found = Home(tmp_path / "home")
    yield found
    assert not found.run.is_dir() or servers_down(found), f"servers still run in {found.root}"


def servers_down(home: Home) -> bool:
    """Wait until no keeper holds the folder."""
    return wait_until(lambda: not is_taken(home, "keeper"), timeout_seconds=30)


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(home: Home) -> Iterator[Start]:
    """Start a Python snippet or a module's command line in the folder; ended at the end of the test."""
    with contextlib.ExitStack() as stack:

        def begin(code: str, *arguments: str, folder: Home = home, **more: str) -> subprocess.Popen[str]:
            child = subprocess.Popen(
                [sys.executable, "-c", textwrap.dedent(code), *arguments],
                cwd=REPOSITORY,
                env=bare_environment(folder, **more),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            stack.callback(_end, child)
            return child

        yield begin


def _end(child: subprocess.Popen[str]) -> None:
    if child.poll() is None:
        child.send_signal(signal.SIGKILL)
    child.communicate()


# Says READY with its endpoints, then keeps its lease until a line arrives.
USE_SERVERS = """
    import sys
    from haddong_portal.embedded import ensure_servers
    found = ensure_servers(fast=True)
    print("READY", found.started_here, found.database_url, found.redis_url, flush=True)
    sys.stdin.readline()
"""


def ready(child: subprocess.Popen[str]) -> tuple[bool, str, str]:
    """What a USE_SERVERS process found: whether it started them, and both addresses."""
    assert child.stdout is not None
    line = child.stdout.readline()
    assert line.startswith("READY"), line + child.stdout.read()
    _, started_here, database_url, redis_url = line.split()
    return started_here == "True", database_url, redis_url


def leave(child: subprocess.Popen[str]) -> None:
    """Let a USE_SERVERS process end by itself."""
    assert child.stdin is not None
    child.stdin.write("\n")
    child.stdin.flush()
    assert child.wait(60) == 0
