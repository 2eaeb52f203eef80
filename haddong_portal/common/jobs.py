"""After commit, work is handed over by name, so services import no tasks.

The durable row is always in PostgreSQL first; this message only wakes a worker. When the broker is
away nothing is lost: each queue has a sweeper.
"""

from __future__ import annotations

import logging
from enum import StrEnum

from django.db import transaction

logger = logging.getLogger("haddong.jobs")


class JobName(StrEnum):
    """Every task a service may wake. A test checks that each is a registered Celery task."""

    DELIVER_NOTICE = "notices.deliver_notice"
    DELIVER_EVENT = "plumbing.deliver_event"
    SEAL_AUDIT = "audit.seal_entries"
    REASSIGN_WORK = "dossiers.reassign_work"
    RECOMPUTE = "dossiers.recompute_due_dates"
    RENDER_POSTERS = "procedures.render_posters"
    CHECK_STORED_FILE = "papers.check_stored_file"
    READ_SCAN = "papers.read_scan"
    FILE_BOOK = "papers.file_book"
    ADVANCE_CASE = "interlink.advance_case"
    APPLY_REPLY = "interlink.apply_reply"
    SEND_AGENCY_MESSAGE = "interlink.send_message"


def enqueue(job: JobName, *args: int | str) -> None:
    """Send `job` with ids after the surrounding transaction commits (at once outside one)."""
    transaction.on_commit(lambda: _send(job, args), robust=True)


def enqueue_now(job: JobName, *args: int | str) -> None:
    """Send `job` at once, also from within a transaction that is about to be rolled back: for what a refusal found."""
    _send(job, args)


def _send(job: JobName, args: tuple[int | str, ...]) -> None:
    from celery import current_app  # the configured app, known only at run time

    try:
        current_app.send_task(job.value, args=list(args), retry=False, ignore_result=True)
    except Exception:
        logger.warning("job %s%s not handed over; the sweeper will", job.value, args, exc_info=True)
