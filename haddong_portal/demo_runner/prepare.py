"""Schema, demo data and browser files: what is missing or changed since the last run, and nothing else.

Runs as a process of its own (`python -m haddong_portal.demo_runner.prepare`), so that its memory goes
back. Each step leaves a stamp in run/ when it is complete: an interrupted run simply goes on there.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from haddong_portal.embedded.home import REPOSITORY, Home, home_from_environment

APPS = ("haddong_portal", "procedures", "dossiers", "interlink", "feedback")


@dataclass(frozen=True)
class Step:
    """One piece of preparation; `fingerprint` changes when it must run again."""

    name: str
    sentence: str
    commands: tuple[tuple[str, ...], ...]
    fingerprint: Callable[[Home], str]

    def stamp(self, home: Home) -> Path:
        """The file that says with which fingerprint the step was last completed."""
        return home.run / f"{self.name}.stamp"

    def is_done(self, home: Home) -> bool:
        """Whether nothing changed since the step was completed."""
        stamp = self.stamp(home)
        return stamp.exists() and stamp.read_text() == self.fingerprint(home)


def _digest(home: Home, parts: Iterable[str]) -> str:
    """Of the parts, and of the database they were done in: another cluster or server starts afresh."""
    cluster = home.pg_data / "PG_VERSION"
    database = str(cluster.stat().st_mtime_ns) if cluster.exists() else ""
    named = os.environ.get("DATABASE_URL", "")
    text = "\n".join([database if "%2F" in named else named, *parts])
    return hashlib.sha256(text.encode()).hexdigest()


def _files(home: Home, folders: Iterable[Path], pattern: str) -> str:
    found = sorted(path for folder in folders for path in folder.rglob(pattern) if path.is_file())
    return _digest(home, (f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in found))


def _migrations(home: Home) -> str:
    return _files(home, (REPOSITORY / app for app in APPS), "migrations/*.py")


def _static(home: Home) -> str:
    return _files(home, (REPOSITORY / "static", REPOSITORY / "static_vendor"), "*")


def _once(home: Home) -> str:
    return _digest(home, ["demo data"])


MIGRATE = Step("migrate", "Chuẩn bị cơ sở dữ liệu", (("migrate", "--verbosity=0", "--no-input"),), _migrations)
STATIC = Step("static", "Gom tệp giao diện", (("collectstatic", "--verbosity=0", "--no-input", "--clear"),), _static)
DATA = Step("demo_data", "Nạp đơn vị, cán bộ, lịch, thủ tục và hồ sơ mẫu", (("load_demo",),), _once)


def _certificates(home: Home) -> str:
    return _digest(home, ["demo certificates"])


CERTIFICATES = Step("certificates", "Tạo chứng thư số trình diễn", (("make_demo_certificates",),), _certificates)


def _papers(home: Home) -> str:
    return _digest(home, ["demo papers"])


PAPERS = Step("papers", "Nạp giấy tờ điện tử mẫu", (("load_demo_papers",),), _papers)


def _agencies(home: Home) -> str:
    return _digest(home, ["demo agencies", os.environ.get("SANDBOX_PORT", "")])


AGENCIES = Step("agencies", "Kết nối các cơ quan thử nghiệm", (("connect_sandbox",),), _agencies)

STEPS = (MIGRATE, STATIC, DATA, CERTIFICATES, PAPERS, AGENCIES)


def open_steps(home: Home, *, with_data: bool) -> list[list[Step]]:
    """The steps that still have to run, in groups that may run side by side."""
    agencies = [AGENCIES] if os.environ.get("SANDBOX_PORT") else []
    groups = [[MIGRATE, DATA, CERTIFICATES, PAPERS, *agencies] if with_data else [MIGRATE], [STATIC]]
    still_open = [[step for step in group if not step.is_done(home)] for group in groups]
    return [group for group in still_open if group]


def command_of(steps: list[Step]) -> list[str]:
    """The command line of a process that runs these steps in this order."""
    return [sys.executable, "-m", "haddong_portal.demo_runner.prepare", *(step.name for step in steps)]


def run_steps(home: Home, steps: list[Step]) -> None:
    """Run them in this process, saying what happens."""
    import django
    from django.core.management import call_command

    import haddong_portal.celery  # noqa: F401 - importing it makes it the default app for enqueue

    django.setup()
    for step in steps:
        began = time.monotonic()
        say(f"  {step.sentence} …")
        fingerprint = step.fingerprint(home)
        for command in step.commands:
            call_command(*command)
        home.write_private(step.stamp(home), fingerprint)
        say(f"  {step.sentence}: xong sau {time.monotonic() - began:.1f} giây")


def say(text: str) -> None:
    """To the operator, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    """Entry point of a preparing process: the names of steps."""
    run_steps(home_from_environment(), [step for step in STEPS if step.name in sys.argv[1:]])


if __name__ == "__main__":
    main()
