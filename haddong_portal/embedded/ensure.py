"""What every process of the portal calls before the settings load: have servers, and say where.

`ensure_servers()` returns at once when DATABASE_URL and REDIS_URL are set. Otherwise it takes a lease
on HADDONG_HOME, joins the servers that run there or has a keeper start them, and exports both URLs.
At exit the lease goes back; the process that had the servers started waits until they are down,
unless somebody else still uses them.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from urllib.parse import quote

from haddong_portal.embedded.errors import EmbeddedError
from haddong_portal.embedded.home import REPOSITORY, Home, home_from_environment
from haddong_portal.embedded.locks import FileLock, is_taken
from haddong_portal.embedded.postgres import DATABASE, ROLE
from haddong_portal.embedded.process import wait_until
from haddong_portal.embedded.state import ServerState

START_SECONDS_MAX = 120.0
STOP_SECONDS_MAX = 40.0


@dataclass(frozen=True)
class Endpoints:
    """Where the servers answer. `started_here` tells that this process had them started."""

    database_url: str
    redis_url: str
    started_here: bool = False


class Lease:
    """This process's claim on the servers of one home."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.lock = FileLock(home, "lease")
        self.owner_pid = os.getpid()
        self.keeper: subprocess.Popen[bytes] | None = None

    def join_or_start(self, *, fast: bool, remove: bool) -> ServerState:
        """The state of running servers; raises EmbeddedError when they cannot be started."""
        self.lock.acquire(shared=True, timeout_seconds=STOP_SECONDS_MAX)
        if not self.lock.held:
            raise EmbeddedError(
                "servers_stopping", f"Máy chủ trong {self.home.root} đang dừng. Hãy thử lại sau ít phút."
            )
        start = FileLock(self.home, "start")
        if not start.acquire(timeout_seconds=START_SECONDS_MAX):
            raise EmbeddedError("servers_starting", f"Máy chủ trong {self.home.root} khởi động quá lâu. Hãy thử lại.")
        try:
            return running_servers(self.home) or self._start(fast=fast, remove=remove)
        finally:
            start.release()

    def _start(self, *, fast: bool, remove: bool) -> ServerState:
        wait_until(lambda: not is_taken(self.home, "keeper"), timeout_seconds=STOP_SECONDS_MAX)
        self.home.state_file.unlink(missing_ok=True)
        command = [sys.executable, "-m", "haddong_portal.embedded.keeper", str(self.home.root)]
        command += ["--fast"] * fast + ["--remove"] * remove
        with (self.home.log / "keeper.log").open("ab") as log:
            self.keeper = subprocess.Popen(
                command, cwd=REPOSITORY, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        return self._wait_for_state(self.keeper)

    def _wait_for_state(self, keeper: subprocess.Popen[bytes]) -> ServerState:
        deadline = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < deadline:
            ended = keeper.poll() is not None
            state = ServerState.read(self.home)
            if state is not None and state.status == "ready":
                return state
            if state is not None and state.status == "failed":
                raise EmbeddedError(state.code, state.message)
            if ended:
                break
            time.sleep(0.03)
        raise EmbeddedError("servers_failed", f"Máy chủ không khởi động được. Nhật ký: {self.home.log / 'keeper.log'}")

    def give_back(self) -> bool:
        """Release the lease; True when the servers are down, False when others go on using them."""
        if os.getpid() != self.owner_pid:
            return False
        self.lock.release()
        return self.keeper is None or self._wait_for_end(self.keeper)

    def _wait_for_end(self, keeper: subprocess.Popen[bytes]) -> bool:
        deadline = time.monotonic() + STOP_SECONDS_MAX
        while keeper.poll() is None and time.monotonic() < deadline:
            if self._others_hold_leases():
                return False
            time.sleep(0.05)
        return keeper.poll() is not None

    def _others_hold_leases(self) -> bool:
        """Taken for longer than the keeper needs for a look, and not by a keeper that is stopping."""
        if not self.home.run.exists():
            return False
        state = ServerState.read(self.home)
        if state is None or state.status != "ready":
            return False
        return not wait_until(lambda: not _lease_is_shared(self.home), timeout_seconds=0.6)


def _lease_is_shared(home: Home) -> bool:
    state = ServerState.read(home)
    return home.run.exists() and is_taken(home, "lease") and state is not None and state.status == "ready"


def running_servers(home: Home) -> ServerState | None:
    """The servers running in this home, or None. Starts nothing."""
    if not home.run.is_dir() or not is_taken(home, "keeper"):
        return None
    state = ServerState.read(home)
    return state if state is not None and state.status == "ready" else None


def endpoints_of(state: ServerState, *, started_here: bool = False) -> Endpoints:
    """The URLs of running servers; the database's names a socket folder as its percent-encoded host."""
    database_url = f"postgres://{ROLE}@{quote(state.socket_dir, safe='')}/{DATABASE}"
    return Endpoints(database_url, state.redis_url, started_here)


_leases: dict[str, Lease] = {}


def ensure_servers(home: Home | None = None, *, fast: bool = False, remove: bool = False) -> Endpoints:
    """Have a database and a broker, and export DATABASE_URL and REDIS_URL where they were unset.

    `fast` (no fsync) and `remove` (delete the home at the end) are for tests and hold only when the
    servers are started here. Raises EmbeddedError with a sentence for the operator.
    """
    database_url, redis_url = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    if database_url and redis_url:
        return Endpoints(database_url, redis_url)
    home = home or home_from_environment()
    home.make()
    lease = _leases.get(str(home.root))
    if lease is None or not lease.lock.held:
        lease = _leases[str(home.root)] = Lease(home)
        atexit.register(lease.give_back)
    state = lease.join_or_start(fast=fast, remove=remove)
    found = endpoints_of(state, started_here=lease.keeper is not None)
    os.environ.setdefault("DATABASE_URL", found.database_url)
    os.environ.setdefault("REDIS_URL", found.redis_url)
    return Endpoints(database_url or found.database_url, redis_url or found.redis_url, found.started_here)


def release_servers(home: Home) -> bool:
    """Give this process's lease back before it ends; True when the servers are down."""
    lease = _leases.pop(str(home.root), None)
    return lease.give_back() if lease is not None else True
