"""Move a linked case on. System (subscribers, sweepers, tasks): safe to run twice, at once, or never."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haddong_portal.common import clock
from haddong_portal.common.actors import system_actor
from interlink.constants import OPEN_CASES
from interlink.services.acting import NAME
from interlink.services.advance import advance
from interlink.services.locking import lock_case


@transaction.atomic
def advance_case(*, case_id: int, now: datetime | None = None) -> int:
    """How many moves were made. Raises NotFound linked.not_found."""
    moment = clock.local(now or clock.now())
    locked = lock_case(case_id=case_id, actor=system_actor(NAME), now=moment)
    return advance(locked) if locked.case.state in OPEN_CASES else 0
