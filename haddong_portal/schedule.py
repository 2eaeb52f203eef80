"""What runs by the clock, in one place. Every entry says why it runs and how often.

A task here must be safe to run twice and to be missed: each sweeper finds what is still open. Names are
those of common.jobs.JobName, times are Vietnam time (CELERY_TIMEZONE), a number as `schedule` is in seconds.
"""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab
from django.conf import settings

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep-notices": {
        "task": "notices.sweep",  # messages whose wake-up was lost, and those whose wait is over
        "schedule": 5.0,
        "options": {"expires": 15.0},  # while a slow provider holds a sweep up, the next ones do not pile up
    },
    "sweep-reminders": {
        "task": "dossiers.sweep_reminders",  # dossiers whose next reminder has come; costs only what is due
        "schedule": 60.0,
        "options": {"expires": 120.0},
    },
    "sweep-reassignments": {
        "task": "dossiers.sweep_reassignments",  # orders whose wake-up was lost or whose worker died
        "schedule": 60.0,
    },
    "recompute-due-dates": {
        "task": "dossiers.recompute_due_dates",  # a newer calendar, an outage, and runs whose worker died
        "schedule": 60.0,
        "options": {"expires": 120.0},
    },
    "recheck-held-papers": {
        "task": "dossiers.recheck_held_papers",  # files that came while the virus scanner was silent
        "schedule": 60.0,
        "options": {"expires": 120.0},
    },
    "sweep-deliveries": {
        "task": "plumbing.sweep_deliveries",  # events whose hand-over was lost, and those whose pause is over
        "schedule": 15.0,
    },
    "sweep-linked-messages": {
        "task": "interlink.sweep_messages",  # messages to agencies whose wake-up was lost, or whose wait is over
        "schedule": 5.0,
        "options": {"expires": 15.0},
    },
    "poll-agencies": {
        "task": "interlink.poll_agencies",  # replies that no call-back brought
        "schedule": settings.INTERLINK_POLL_SECONDS,
        "options": {"expires": max(settings.INTERLINK_POLL_SECONDS * 3, 15.0)},
    },
    "sweep-linked-clocks": {
        "task": "interlink.sweep_clocks",  # late legs, missing acknowledgements, confirmations and supplements overdue
        "schedule": 60.0,
        "options": {"expires": 120.0},
    },
    "sweep-linked-replies": {
        "task": "interlink.sweep_replies",  # replies of agencies whose wake-up was lost or whose worker died
        "schedule": 10.0,
        "options": {"expires": 30.0},
    },
    "seal-audit": {
        "task": "audit.seal_entries",  # chains the audit rows written since the last seal
        "schedule": 60.0,
    },
    "sweep-posters": {
        "task": "procedures.sweep_posters",  # batches whose wake-up was lost or whose worker died
        "schedule": 60.0,
    },
    "sweep-scans": {
        "task": "papers.sweep_scans",  # scans whose wake-up was lost, whose wait is over, or whose worker died
        "schedule": 20.0,
        "options": {"expires": 60.0},
    },
    "sweep-scanner-folders": {
        "task": "papers.sweep_scanner_folders",  # files that scanners left for the books being digitised
        "schedule": 30.0,
        "options": {"expires": 30.0},
    },
    "sweep-papers": {
        # Proves stored files again and removes files that no row names; each run is shorter than the broker's patience.
        "task": "papers.sweep_files",
        "schedule": crontab(hour="1-4", minute="*/10"),
        "options": {"expires": 540.0},
    },
    "apply-retention": {
        "task": "audit.apply_retention",  # erases or masks what has been kept long enough, while nobody works
        "schedule": crontab(hour=2, minute=30),
    },
}
