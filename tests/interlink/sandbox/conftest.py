"""One agency of the sandbox as a real process over HTTPS, with storage and keys of the test's own."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from haddong_portal.embedded import process
from interlink.sandbox.commands import agency_command, agency_environment
from interlink.sandbox.directory import BY_CODE
from interlink.sandbox.keys import PORTAL, Keys, make_keys
from interlink.sandbox.operator import Operator, client_context
from tests.databases import REPOSITORY
from tests.scale import PATIENCE


@dataclass
class Line:
    """The portal's line to one agency, and the means to stop it, kill it and start it again."""

    code: str
    keys: Keys
    folder: Path
    port: int
    callback: str = ""
    child: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def operator(self) -> Operator:
        return Operator(self.keys, self.port - BY_CODE[self.code].port_offset)

    def start(self) -> None:
        agency, store = BY_CODE[self.code], self.folder / f"{self.code}.sqlite3"
        words = agency_environment(agency, keys=self.keys, store=store, callback=self.callback)
        with (self.folder / f"{self.code}.log").open("ab") as log:
            self.child = subprocess.Popen(
                agency_command(agency, keys=self.keys, port=self.port),
                cwd=REPOSITORY,
                env=os.environ | dict(words),
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=process.die_with_parent(signal.SIGTERM),
            )
        up = process.wait_until(lambda: self.operator.answers(self.code), timeout_seconds=30 * PATIENCE)
        assert up, (self.folder / f"{self.code}.log").read_text()

    def kill(self) -> None:
        """SIGKILL to the process and whatever it started."""
        assert self.child is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait()

    def client(self, holder: str = PORTAL) -> httpx.Client:
        return httpx.Client(base_url=f"https://127.0.0.1:{self.port}", verify=client_context(self.keys, holder))


@pytest.fixture(scope="session")
def sandbox_keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return make_keys(tmp_path_factory.mktemp("sandbox") / "interlink")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def start_agency(sandbox_keys: Keys, tmp_path: Path) -> Iterator[Callable[..., Line]]:
    lines: list[Line] = []

    def start(code: str, *, callback: str = "", **words: object) -> Line:
        line = Line(code, sandbox_keys, tmp_path, free_port(), callback)
        lines.append(line)
        line.start()
        line.operator.tell(code, **{"step_seconds": 0, "day_seconds": 1, **words})
        return line

    yield start
    for line in lines:
        line.kill()
