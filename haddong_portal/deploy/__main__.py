"""What a container runs: `python -m haddong_portal.deploy web|worker|reader|beat|migrate|static|health NAME`.

Each replaces this process, so signals reach the server itself. Sizes come from the environment:
PORT, WEB_WORKERS, WORKER_PROCESSES, READER_PROCESSES, RUN_DIR.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from haddong_portal.deploy.commands import beat_command, reader_command, web_command, worker_command
from haddong_portal.deploy.health import check_beat, check_reader, check_web, check_worker
from haddong_portal.deploy.placeholders import PRODUCTION
from haddong_portal.deploy.preflight import REFUSED, complaint

PROCESSES = ("web", "worker", "reader", "beat", "migrate", "static")
CHECKS = {"web": check_web, "worker": check_worker, "reader": check_reader, "beat": check_beat}


def run_folder() -> Path:
    """Where beat keeps its schedule and pid file."""
    folder = Path(os.environ.get("RUN_DIR", "/tmp/haddong"))  # noqa: S108 - a folder of the container's own
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def command_of(name: str) -> list[str]:
    """The command line of one process; raises KeyError for an unknown name."""
    size = os.environ.get
    log_level = size("LOG_LEVEL", "INFO")
    commands = {
        "web": web_command(
            host=size("HOST", "0.0.0.0"),  # noqa: S104 - inside a container, behind its port mapping
            port=int(size("PORT", "8000")),
            workers=int(size("WEB_WORKERS", "2")),
        ),
        "worker": worker_command(processes=int(size("WORKER_PROCESSES", "2")), log_level=log_level),
        "reader": reader_command(processes=int(size("READER_PROCESSES", "1")), log_level=log_level),
        "beat": beat_command(schedule_file=run_folder() / "schedule", pid_file=run_folder() / "beat.pid"),
        "migrate": [sys.executable, "manage.py", "migrate", "--no-input"],
        "static": [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"],
    }
    return commands[name]


def main() -> int:
    """Become the process; 0 or 1 for a health check; 2, with one sentence, for settings that nothing can start with."""
    parser = argparse.ArgumentParser(prog="python -m haddong_portal.deploy", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    for name in PROCESSES:
        actions.add_parser(name)
    actions.add_parser("health").add_argument("process", choices=sorted(CHECKS))
    options = parser.parse_args()
    if options.action == "health":
        return 0 if CHECKS[options.process](run_folder()) else 1
    if options.action != "static" and (wrong := complaint()):
        sys.stderr.write(f"{wrong}\n")
        return REFUSED
    command = command_of(options.action)
    if options.action == "static":  # while the image is built nobody has secrets yet, and none are needed
        os.environ.update({name: value for name, value in PRODUCTION.items() if name not in os.environ})
    if options.action == "beat":
        # The file of a clock that was killed would keep the next one from starting.
        (run_folder() / "beat.pid").unlink(missing_ok=True)
    os.execv(command[0], command)  # noqa: S606 - replaces this process, no shell


if __name__ == "__main__":
    sys.exit(main())
