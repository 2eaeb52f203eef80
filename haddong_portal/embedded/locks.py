"""File locks that the kernel gives back when their holder dies."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from haddong_portal.embedded.home import Home

POLL_SECONDS = 0.05


class FileLock:
    """One `flock`; open until `release`, or until the process ends."""

    def __init__(self, home: Home, name: str) -> None:
        self.path: Path = home.lock_file(name)
        self._home = home
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        return self._descriptor is not None

    def acquire(self, *, shared: bool = False, timeout_seconds: float | None = 0) -> bool:
        """Take the lock; False when it stayed taken. `timeout_seconds=None` waits for ever, 0 does not wait."""
        if self.held:
            return True
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._home.claim(self.path)
        if self._lock(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX, timeout_seconds):
            self._descriptor = descriptor
            return True
        os.close(descriptor)
        return False

    @staticmethod
    def _lock(descriptor: int, kind: int, timeout_seconds: float | None) -> bool:
        deadline = None if timeout_seconds is None else time.monotonic() + timeout_seconds
        while True:
            try:
                fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                if deadline is not None and time.monotonic() >= deadline:
                    return False
                time.sleep(POLL_SECONDS)

    def release(self) -> None:
        """Give the lock back. Only closes: an explicit unlock would also unlock a forked copy's parent."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def is_taken(home: Home, name: str) -> bool:
    """Whether some process holds the lock exclusively or shared."""
    lock = FileLock(home, name)
    if lock.acquire():
        lock.release()
        return False
    return True
