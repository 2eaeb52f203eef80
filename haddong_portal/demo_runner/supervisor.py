"""The demo's children: started together, stopped together, none left behind.

Each child leads a process group of its own, so Ctrl-C in the terminal reaches only the runner, which
then ends them in order. Should the runner be killed, the kernel asks each child to end.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

from haddong_portal.embedded.home import REPOSITORY
from haddong_portal.embedded.process import die_with_parent

STOP_SECONDS_MAX = 12.0
LOOK_SECONDS = 0.1


class Stopped(Exception):
    """The operator asked to stop."""


class ChildDied(Exception):
    """A child ended by itself; names it and its log."""

    def __init__(self, name: str, code: int, log: Path | None) -> None:
        super().__init__(name)
        self.name, self.code, self.log = name, code, log


class Supervisor:
    """Runs children until one dies or a signal comes."""

    def __init__(self, environment: Mapping[str, str], log_folder: Path) -> None:
        self.environment = dict(environment)
        self.log_folder = log_folder
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.asked_to_stop = threading.Event()

    def listen(self) -> None:
        """From now on SIGINT, SIGTERM and SIGHUP ask for an orderly end."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.asked_to_stop.set()

    def start(self, name: str, command: list[str], *, logged: bool = True) -> None:
        """Start one child; `logged` sends its output to log/<name>.log instead of the terminal."""
        with contextlib.ExitStack() as stack:
            log = stack.enter_context((self.log_folder / f"{name}.log").open("ab")) if logged else None
            self.children[name] = subprocess.Popen(
                command,
                cwd=REPOSITORY,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )

    def run_to_end(self, commands: Mapping[str, list[str]]) -> None:
        """Run commands side by side in the terminal's sight; raises Stopped, or ChildDied when one fails."""
        for name, command in commands.items():
            self.start(name, command, logged=False)
        while self.children:
            if self.asked_to_stop.wait(LOOK_SECONDS):
                raise Stopped
            for name, child in list(self.children.items()):
                if child.poll() is not None:
                    del self.children[name]
                    if child.returncode:
                        raise ChildDied(name, child.returncode, None)

    def look(self) -> None:
        """Raise Stopped or ChildDied when it is time to end."""
        if self.asked_to_stop.is_set():
            raise Stopped
        for name, child in self.children.items():
            if child.poll() is not None:
                raise ChildDied(name, child.returncode, self.log_folder / f"{name}.log")

    def wait(self) -> None:
        """Until one of the two is raised."""
        while True:
            self.asked_to_stop.wait(0.5)
            self.look()

    def stop(self) -> None:
        """Ask every child to end, wait, then kill what is left of their groups."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + STOP_SECONDS_MAX
        for child in self.children.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, deadline - time.monotonic()))
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        self.children.clear()
