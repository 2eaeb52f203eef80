"""What runs by the clock, in one place. Every entry says why it runs and how often.

A task here must be safe to run twice and to be missed: each sweeper finds what is still open. Names are
those of common.jobs.JobName, times are Vietnam time (CELERY_TIMEZONE).

    "deliver-due-notices": {
        "task": "notices.deliver_due",   # rescues what a lost message left behind
        "schedule": 30.0,                # seconds
    },
"""

from __future__ import annotations

from typing import Any

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {}
