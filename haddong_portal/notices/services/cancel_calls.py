"""Take what is settled off the call list: the result was collected, the dossier withdrawn. Any service may.

Writes the open CallTasks of one reference in the caller's transaction; those already closed stay as they are.
"""

from __future__ import annotations

from datetime import datetime

from haddong_portal.common import clock
from haddong_portal.notices.constants import CallState
from haddong_portal.notices.models import CallTask


def cancel_calls(*, reference: str, now: datetime | None = None) -> int:
    """How many calls need not be made any more."""
    still_open = CallTask.objects.filter(reference=reference, state=CallState.OPEN)
    return still_open.update(state=CallState.CANCELLED, closed_at=now or clock.now())
