"""The portal's and the agencies' processes of a rehearsal: started, killed without warning, started again."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from haddong_portal.deploy.commands import beat_command, web_command, worker_command
from haddong_portal.embedded.home import REPOSITORY, Home
from haddong_portal.embedded.process import die_with_parent, wait_until
from haddong_portal.embedded.valkey import program
from interlink.sandbox.commands import agency_command, agency_environment
from interlink.sandbox.directory import AGENCIES
from interlink.sandbox.keys import Keys

READY_SECONDS_MAX = 120.0


@dataclass
class Processes:
    """All of them by name. `port` is the web's; the broker's and the agencies' follow it."""

    home: Home
    keys: Keys
    port: int
    environment: Mapping[str, str]
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    killed: dict[str, int] = field(default_factory=dict)

    @property
    def agencies_port(self) -> int:
        return self.port + 2

    @property
    def broker_url(self) -> str:
        return f"redis://127.0.0.1:{self.port + 1}/0"

    @property
    def names(self) -> Sequence[str]:
        return ("broker", *(f"agency-{agency.code}" for agency in AGENCIES), "web", "worker", "beat")

    def store(self, code: str) -> Path:
        return self.home.root / "sandbox" / f"{code}.sqlite3"

    def start(self, name: str) -> None:
        command, more = self._command(name)
        with (self.home.log / f"{name}.log").open("ab") as log:
            self.children[name] = subprocess.Popen(
                command,
                cwd=REPOSITORY,
                env={**self.environment, **more},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )

    def start_all(self) -> None:
        for name in self.names:
            self.start(name)
        ports = [self.port, self.port + 1, *(self.agencies_port + agency.port_offset for agency in AGENCIES)]
        if not wait_until(lambda: all(map(_listens, ports)), timeout_seconds=READY_SECONDS_MAX):
            raise RuntimeError(f"not every process answers; logs are in {self.home.log}")

    def kill_and_restart(self, name: str) -> None:
        """SIGKILL to the process and all it started, by their ids; then it is started again."""
        self._kill(name)
        self.killed[name] = self.killed.get(name, 0) + 1
        self.start(name)

    def revive(self) -> None:
        """Whatever ended by itself (a port not free yet, a broker that was away) is started again."""
        for name, child in list(self.children.items()):
            if child.poll() is not None:
                self.start(name)

    def stop_all(self) -> None:
        for name in list(self.children):
            self._kill(name)

    def _kill(self, name: str) -> None:
        child = self.children.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def _command(self, name: str) -> tuple[list[str], Mapping[str, str]]:
        if name == "broker":
            folder = self.home.root / "broker"
            folder.mkdir(exist_ok=True)
            words = ["--bind", "127.0.0.1", "--port", str(self.port + 1), "--dir", str(folder), "--save", ""]
            return [str(program()), *words], {}
        if name == "web":
            return web_command(host="127.0.0.1", port=self.port, workers=1), {}
        if name == "worker":
            return worker_command(processes=2), {}
        if name == "beat":
            return beat_command(schedule_file=self.home.run / "celerybeat-schedule"), {}
        agency = next(agency for agency in AGENCIES if name == f"agency-{agency.code}")
        door = f"http://127.0.0.1:{self.port}/api/v1/agency-replies/"
        words_of = agency_environment(agency, keys=self.keys, store=self.store(agency.code), callback=door)
        return agency_command(agency, keys=self.keys, port=self.agencies_port + agency.port_offset), words_of


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_ports(count: int) -> int:
    """The first of `count` free ports in a row."""
    for first in range(21_000, 60_000, count + 3):
        if not any(_listens(first + offset) for offset in range(count)):
            return first
    raise RuntimeError("no free ports")
