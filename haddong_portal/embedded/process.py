"""Starting and ending child processes so that none is left behind."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1


def die_with_parent(signal_number: int) -> Callable[[], None]:
    """A `preexec_fn`: the kernel sends `signal_number` to the child when its parent dies (Linux only).

    subprocess changes the user before it calls this, and must: a change of user would clear the wish.
    """
    parent = os.getpid()
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

    def prepare() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, signal_number)
            if os.getppid() != parent:  # the parent died before the wish was made
                os._exit(1)

    return prepare


def is_alive(pid: int) -> bool:
    """Whether a process of this id runs (a zombie does not count on Linux)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (OSError, IndexError):
        return True


def command_of(pid: int) -> str:
    """The command line of a process, empty when unknown."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def wait_until(condition: Callable[[], bool], *, timeout_seconds: float, poll_seconds: float = 0.05) -> bool:
    """Poll until `condition` holds; False when the time ran out."""
    deadline = time.monotonic() + timeout_seconds
    while not condition():
        if time.monotonic() >= deadline:
            return False
        time.sleep(poll_seconds)
    return True


def stop(process: subprocess.Popen[bytes], *, signal_number: int = signal.SIGTERM, timeout_seconds: float) -> None:
    """Ask a child to end, and kill it when it does not in time."""
    if process.poll() is not None:
        return
    process.send_signal(signal_number)
    try:
        process.wait(timeout_seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
