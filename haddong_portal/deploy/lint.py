"""`make lint`: every check that needs no running portal. All run, then the failed ones are named."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from haddong_portal.deploy.placeholders import PRODUCTION

REPOSITORY = Path(__file__).resolve().parent.parent.parent
PROGRAMS = Path(sys.executable).parent
CODE = ["haddong_portal", "procedures", "dossiers", "interlink", "feedback", "manage.py"]


@dataclass(frozen=True)
class Check:
    """One program and the environment it needs beyond ours."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)


def templates() -> list[str]:
    """Every committed or new template."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.html"]
    listed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout.split()
    return [name for name in listed if (REPOSITORY / name).exists()]


def checks() -> list[Check]:
    """In the order of how fast they answer."""
    program = {path.name: str(path) for path in PROGRAMS.iterdir()}
    manage = [sys.executable, "-W", "ignore::RuntimeWarning", "manage.py"]
    pages = templates()
    return [
        Check("ruff", [program["ruff"], "check", "--quiet", "."]),
        Check("format", [program["ruff"], "format", "--check", "--quiet", "."]),
        Check("djhtml", [program["djhtml"], "--check", "--tabwidth", "2", *pages]),
        Check("djade", [program["djade"], "--check", "--target-version", "5.2", *pages]),
        Check("imports", [program["lint-imports"]]),
        Check("migrations", [*manage, "makemigrations", "--check", "--dry-run"]),
        Check("deployment", [*manage, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
        Check("mypy", [program["mypy"], *CODE]),
    ]


def run(check: Check) -> bool:
    """Run one check; prints its output only when it fails."""
    began = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=REPOSITORY,
        env=os.environ | check.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    passed = done.returncode == 0
    sys.stdout.write(f"{'ok  ' if passed else 'FAIL'} {check.name} ({time.monotonic() - began:.1f} s)\n")
    if not passed:
        sys.stdout.write(f"{done.stdout}{done.stderr}\n")
    sys.stdout.flush()
    return passed


def main() -> int:
    """0 when all checks (or the named ones) pass."""
    known = checks()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", metavar="CHECK", help=", ".join(check.name for check in known))
    only = set(parser.parse_args().only)
    failed = [check.name for check in known if (not only or check.name in only) and not run(check)]
    sys.stdout.write(f"failed: {', '.join(failed)}\n" if failed else "all checks passed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
