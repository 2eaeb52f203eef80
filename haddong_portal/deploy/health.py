"""Health checks that a container runs inside itself; each answers within a few seconds."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from haddong_portal.embedded.process import command_of, is_alive

SECONDS_MAX = 10


def check_web(_folder: Path) -> bool:
    """Whether /readyz answers well: visitors may come."""
    url = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/readyz"
    request = urllib.request.Request(url, headers={"Host": os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]})
    try:
        with urllib.request.urlopen(request, timeout=SECONDS_MAX) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except OSError:
        return False


def check_worker(_folder: Path) -> bool:
    """Whether the worker of this machine answers a ping through the broker."""
    return _answers("celery")


def check_reader(_folder: Path) -> bool:
    """Whether the worker that reads scans on this machine answers."""
    return _answers("reader")


def _answers(name: str) -> bool:
    command = [sys.executable, "-m", "celery", "--app", "haddong_portal", "inspect", "ping"]
    command += ["--destination", f"{name}@{socket.gethostname()}", "--timeout", str(SECONDS_MAX)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=SECONDS_MAX * 4)
    return done.returncode == 0


def check_beat(folder: Path) -> bool:
    """Whether the process of the pid file is a beat and alive."""
    try:
        pid = int((folder / "beat.pid").read_text())
    except (OSError, ValueError):
        return False
    return is_alive(pid) and " beat" in command_of(pid)
