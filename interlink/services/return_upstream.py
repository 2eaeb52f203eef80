"""A leg that an agency sent back: the leg before it is opened again for its officer to put right (domain.md §9.7)."""

from __future__ import annotations

from interlink.constants import CaseEventKind, ClockOf, LegState
from interlink.models import Leg
from interlink.services.leg_changes import change_leg, start_clock
from interlink.services.locking import LockedCase


def return_upstream(*, locked: LockedCase, leg: Leg, reason: str) -> None:
    """The leg named by the template works again with a fresh limit; without one, people decide about the leg itself."""
    key = locked.plan(leg.key).on_return
    if not key:
        return
    before = locked.leg(key)
    if before.state != LegState.DONE:
        return
    start_clock(locked, before, locked.now)
    change_leg(
        locked,
        before,
        LegState.WORKING,
        CaseEventKind.LEG_RETURNED,
        clock_of=ClockOf.WARD,
        reason=f"{leg.name} trả lại: {reason}",
        data={"by": leg.key},
    )
