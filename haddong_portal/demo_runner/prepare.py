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


def open_steps(home: Home, *, with_data: bool) -> list[Step]:
    """The steps that still have to run."""
    steps = [MIGRATE, STATIC, *([DATA] if with_data else [])]
    return [step for step in steps if not step.is_done(home)]


def run_steps(home: Home, steps: list[Step]) -> None:
    """Run them in this process, saying what happens."""
    import django
    from django.core.management import call_command

    import haddong_portal.celery  # noqa: F401 - importing it makes it the default app for enqueue

    django.setup()
    for number, step in enumerate(steps, start=1):
        began = time.monotonic()
        sys.stdout.write(f"  {number}/{len(steps)} {step.sentence} …\n")
        sys.stdout.flush()
        fingerprint = step.fingerprint(home)
        for command in step.commands:
            call_command(*command)
        home.write_private(step.stamp(home), fingerprint)
        sys.stdout.write(f"      xong sau {time.monotonic() - began:.1f} giây\n")


def main() -> None:
    """Entry point of the preparing process."""
    home = home_from_environment()
    run_steps(home, open_steps(home, with_data="--without-data" not in sys.argv))


if __name__ == "__main__":
    main()
