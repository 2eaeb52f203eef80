"""Debian's real clamd for a test: a private database with one signature line, a socket in a short folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from clamav_client.clamd import ClamdError, ClamdUnixSocket

from tests.common.files.corpus import EICAR
from tests.scale import wait_for

STREAM_MAX_MB = 2
START_SECONDS_MAX = 60
SETTINGS = """DatabaseDirectory {home}/db
LocalSocket {home}/clamd.sock
TCPSocket {port}
TCPAddr 127.0.0.1
PidFile {home}/clamd.pid
TemporaryDirectory {home}/tmp
StreamMaxLength {stream_max}M
Foreground true
MaxThreads 2
LogFile {home}/clamd.log
"""


def need_clamd() -> str:
    """The program's path; skips without it, and fails under CI."""
    program = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None and os.environ.get("CI"):
        pytest.fail("CI needs clamd (apt-get install clamav-daemon)")
    if program is None:
        pytest.skip("clamd is not on this machine (Debian: clamav-daemon)")
    return program


@contextmanager
def running_clamd(*, port: int) -> Iterator[Path]:
    """The socket of a scanner that knows EICAR and nothing else."""
    program = need_clamd()
    home = Path(tempfile.mkdtemp(prefix="clamd-"))  # a socket's path must be short
    try:
        for folder in ("db", "tmp"):
            (home / folder).mkdir()
        line = f"{hashlib.md5(EICAR, usedforsecurity=False).hexdigest()}:{len(EICAR)}:Eicar-Test\n"
        (home / "db" / "one.hdb").write_text(line)
        (home / "clamd.conf").write_text(SETTINGS.format(home=home, port=port, stream_max=STREAM_MAX_MB))
        process = subprocess.Popen(
            [program, "--config-file", str(home / "clamd.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            wait_for(lambda: _answers(home), within_seconds=START_SECONDS_MAX, what="clamd to answer")
            yield home / "clamd.sock"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _answers(home: Path) -> bool:
    try:
        return "PONG" in ClamdUnixSocket(path=str(home / "clamd.sock"), timeout=5).ping()
    except (OSError, ClamdError):
        return False
