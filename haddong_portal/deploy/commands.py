"""The command lines of the four processes. Whoever runs the portal takes them from here."""

from __future__ import annotations

import sys
from pathlib import Path

BLOCKING_THREADS = 4
BACKLOG = 1024
STOP_SECONDS_MAX = 8
# A worker process that grew past this is replaced after its task (KiB): documents and imports are heavy.
WORKER_MEMORY_MAX_KIB = 400_000
# What people wait for, and what takes long: reading scans, filing old books, walking the store (CELERY_TASK_ROUTES).
QUICK_QUEUE, SLOW_QUEUE = "celery", "slow"


def web_command(
    *, host: str, port: int, workers: int, certificate: Path | None = None, private_key: Path | None = None
) -> list[str]:
    """Granian over WSGI, the portal loaded once for all workers; with a certificate it speaks TLS itself."""
    command = [sys.executable, "-m", "haddong_portal.deploy.web", "--interface", "wsgi"]
    command += ["haddong_portal.wsgi:application"]
    command += ["--host", host, "--port", str(port), "--workers", str(workers)]
    command += ["--blocking-threads", str(BLOCKING_THREADS), "--backlog", str(BACKLOG)]
    # A worker told to end while it still starts forgets it: the limit keeps the server from waiting for ever.
    command += ["--workers-kill-timeout", str(STOP_SECONDS_MAX)]
    command += ["--respawn-failed-workers", "--no-ws", "--log-level", "warning"]
    if certificate is not None and private_key is not None:
        command += ["--ssl-certificate", str(certificate), "--ssl-keyfile", str(private_key)]
        command += ["--ssl-protocol-min", "tls1.2"]  # older phones
    return command


def worker_command(*, processes: int, log_level: str = "WARNING") -> list[str]:
    """Celery's worker for what people wait for: notices, deliveries, due dates."""
    return _celery_worker(QUICK_QUEUE, "celery", processes, log_level)


def reader_command(*, processes: int, log_level: str = "WARNING") -> list[str]:
    """Celery's worker for what takes long, so that no message waits behind a book that is being read."""
    return _celery_worker(SLOW_QUEUE, "reader", processes, log_level)


def _celery_worker(queue: str, name: str, processes: int, log_level: str) -> list[str]:
    """Gossip and mingle are for fleets and only cost start-up time here."""
    command = [sys.executable, "-m", "celery", "--app", "haddong_portal", "worker", "--loglevel", log_level]
    command += ["--queues", queue, "--hostname", f"{name}@%h", "--concurrency", str(processes)]
    command += ["--without-gossip", "--without-mingle"]
    return [*command, "--max-memory-per-child", str(WORKER_MEMORY_MAX_KIB)]


def beat_command(*, schedule_file: Path, pid_file: Path | None = None) -> list[str]:
    """Celery's clock. The pid file lets a health check look for the process; none keeps no file."""
    command = [sys.executable, "-m", "celery", "--app", "haddong_portal", "beat", "--loglevel", "WARNING"]
    return [*command, "--schedule", str(schedule_file), "--pidfile", str(pid_file or "")]
