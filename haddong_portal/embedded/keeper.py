"""The one process that owns the servers of a HADDONG_HOME: `python -m haddong_portal.embedded.keeper HOME`.

It runs while anybody holds a lease (a shared lock on run/lease.lock) and stops the servers when the
last lease is gone, however its holder ended. It decides under the exclusive lease lock, so a
newcomer either keeps the servers alive or waits until they are down and starts afresh.
If the keeper itself is killed, the kernel asks both servers to shut down.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path
from types import FrameType

from haddong_portal.embedded.errors import EmbeddedError, means_no_space, no_space
from haddong_portal.embedded.home import Home
from haddong_portal.embedded.locks import FileLock
from haddong_portal.embedded.postgres import Postgres
from haddong_portal.embedded.state import ServerState
from haddong_portal.embedded.valkey import Valkey

LOOK_SECONDS = 0.2


class Keeper:
    """Starts both servers, waits for the last lease to go, stops both."""

    def __init__(self, home: Home, *, fast: bool) -> None:
        self.home = home
        self.postgres = Postgres(home, fast=fast)
        self.valkey = Valkey(home)
        self.ended = threading.Event()

    def run(self) -> int:
        """0 when the servers ran and stopped; 1 when they could not start (the state says why)."""
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            state = self._start()
        except EmbeddedError as error:
            return self._fail(error)
        except OSError as error:
            return self._fail(
                no_space(self.home.root) if means_no_space(error) else EmbeddedError("servers_failed", str(error))
            )
        lease = FileLock(self.home, "lease")
        while not self.ended.wait(LOOK_SECONDS) and self._servers_run():
            if lease.acquire():
                break
        self._stop(state)
        return 0

    def _start(self) -> ServerState:
        self.home.state_file.unlink(missing_ok=True)
        self.postgres.start()
        self.valkey.start()
        assert self.postgres.child is not None and self.valkey.child is not None
        state = ServerState(
            status="ready",
            keeper_pid=os.getpid(),
            postgres_pid=self.postgres.child.pid,
            socket_dir=str(self.home.pg_socket),
            valkey_pid=self.valkey.child.pid,
            redis_url=self.valkey.url,
        )
        state.write(self.home)
        return state

    def _servers_run(self) -> bool:
        children = (self.postgres.child, self.valkey.child)
        return all(child is not None and child.poll() is None for child in children)

    def _stop(self, state: ServerState) -> None:
        if self.home.run.exists():
            replace(state, status="stopping").write(self.home)
        self.valkey.stop()
        self.postgres.stop()
        self.home.state_file.unlink(missing_ok=True)

    def _fail(self, error: EmbeddedError) -> int:
        self.valkey.stop()
        self.postgres.stop()
        sys.stderr.write(f"{error}\n")
        ServerState(status="failed", keeper_pid=os.getpid(), code=error.code, message=error.message).write(self.home)
        return 1

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.ended.set()


def main() -> int:
    """Entry point; a second keeper of the same home leaves at once."""
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--fast", action="store_true", help="no fsync: for tests")
    parser.add_argument("--remove", action="store_true", help="delete the home at the end: for tests")
    options = parser.parse_args()
    home = Home(options.home)
    lock = FileLock(home, "keeper")
    if not lock.acquire():
        return 0
    code = Keeper(home, fast=options.fast).run()
    if options.remove:
        shutil.rmtree(home.root, ignore_errors=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
