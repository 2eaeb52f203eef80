"""`python -m tests.bench [NAME …] [--seconds N]`: prints a table of figures; exit code 1 when a budget is passed."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path

from tests.bench.bench import CLIENTS, WARM_UP_SECONDS, Bench
from tests.bench.stand import WEB_WORKERS, Stand, say

NAMES = (
    "page",
    "search",
    "work_list",
    "dossier",
    "intake",
    "status_change",
    "receipt_pdf",
    "memory",
    "papers",
    "uploads",
    "signing",
    "reminders",
)
SECONDS = 5.0


def main() -> None:
    """Open the stand, run the wanted measurements, print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; all when none is given")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long each figure is measured")
    parser.add_argument("--home", type=Path, help="fill this folder once and keep it, to start sooner the next time")
    options = parser.parse_args()
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    stand = Stand(options.home)
    try:
        say("Preparing the portal:")
        stand.open()
        bench = run(stand, [name for name in NAMES if name in (options.names or NAMES)], options.seconds)
    finally:
        stand.close()
    sys.stdout.write(report(bench, options.seconds))
    sys.exit(1 if bench.over else 0)


def run(stand: Stand, names: list[str], seconds: float) -> Bench:
    """The measurements in their order; memory comes after the workers have worked; the crowd of reminders last."""
    bench = Bench(stand, seconds)
    say("Measuring:")
    bench.measure_bare()
    for name in names:
        importlib.import_module(f"tests.bench.{name}").run(bench)
    return bench


def report(bench: Bench, seconds: float) -> str:
    """Method, table, verdict."""
    cores = len(os.sched_getaffinity(0))
    method = (
        f"Granian, {WEB_WORKERS} workers, {CLIENTS} keep-alive clients in one process beside it on {cores} cores; "
        f"{WARM_UP_SECONDS:g} s dropped, {seconds:g} s counted, every reply checked; {bench.stand.imported}.\n"
        "CPU: user and system time of the web workers per reply. A multiple is that over the bare view of the "
        "portal in the same run.\n"
    )
    verdict = f"{len(bench.over)} over budget.\n" if bench.over else "Every budget kept.\n"
    return f"\n{method}\n{bench.table()}\n\n{verdict}"


if __name__ == "__main__":
    main()
