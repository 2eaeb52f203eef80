"""What a container is given and runs, for the tests of production."""

from __future__ import annotations

import base64
import os
import secrets
import signal
import socket
import subprocess
import sys
from pathlib import Path

from haddong_portal.embedded import process
from tests.databases import REPOSITORY, url_of


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def container_environment(folder: Path, database: str = "nowhere") -> dict[str, str]:
    """The environment of a container in production mode, with secrets of its own."""
    return {
        "PATH": os.environ["PATH"],
        "HADDONG_MODE": "production",
        "HADDONG_HOME": str(folder),
        "DATABASE_URL": url_of(database),
        "REDIS_URL": os.environ["REDIS_URL"].rsplit("/", 1)[0] + "/40",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_ENCRYPTION_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
        "BLIND_INDEX_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "PUBLIC_URL": "https://motcua.example.vn",
        "ALLOWED_HOSTS": "motcua.example.vn",
        "STATIC_ROOT": str(folder / "staticfiles"),
        "RUN_DIR": str(folder / "run"),
        "HOST": "127.0.0.1",
        "PORT": str(free_port()),
        "WEB_WORKERS": "1",
        "WORKER_PROCESSES": "1",
    }


def entry(container: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    """Start what the container's entry point starts."""
    log = (Path(container["HADDONG_HOME"]) / f"{arguments[0]}.log").open("ab")
    with log:
        return subprocess.Popen(
            [sys.executable, "-m", "haddong_portal.deploy", *arguments],
            cwd=REPOSITORY,
            env=container,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=process.die_with_parent(signal.SIGTERM),
        )


def is_healthy(container: dict[str, str], name: str) -> bool:
    """What the container's health check says."""
    return entry(container, "health", name).wait(60) == 0
