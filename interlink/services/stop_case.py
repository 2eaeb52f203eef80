"""Stop a whole linked case: the requester withdraws it, or it cannot go on. Agencies that were asked are told.

Heads of the desk and leaders. What is done stays done (partial success is valid, domain.md §9.7); the ward's own open
dossiers are left to their own acts, with a note. Writes the legs, the messages, the case and its events.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import clean_text
from haddong_portal.common.update import update_row
from interlink.constants import ENDED_LEGS, CaseEventKind, CaseState, LegKind, LegState
from interlink.models import LinkedCase
from interlink.permissions import STOP
from interlink.services.leg_changes import change_leg
from interlink.services.locking import lock_case, need_open
from interlink.services.recording import record_case_event
from interlink.services.resume_leg import withdraw_request


@transaction.atomic
def stop_case(
    *, actor: Actor, case_id: int, reason: str, row_version: int | None = None, now: datetime | None = None
) -> LinkedCase:
    """The stopped case. Raises NotAllowed, NotFound, DomainError linked.no_reason, Conflict linked.ended,
    linked.stale."""
    actor.require(STOP)
    why = clean_text(reason)
    if not why:
        raise DomainError("linked.no_reason", "Chưa ghi lý do.", "reason")
    moment = clock.local(now or clock.now())
    locked = lock_case(case_id=case_id, actor=actor, now=moment, row_version=row_version)
    need_open(locked)
    for leg in reversed(list(locked.legs.values())):
        if leg.state in ENDED_LEGS:
            continue
        if leg.kind == LegKind.EXCHANGE:
            withdraw_request(locked, leg)
        change_leg(locked, leg, LegState.CANCELLED, CaseEventKind.LEG_CANCELLED, reason=why)
    case, before = locked.case, locked.case.state
    case.state, case.stop_reason, case.ended_at = CaseState.STOPPED, why[:500], moment
    case.row_version += 1
    update_row(case, ("state", "stop_reason", "ended_at", "row_version"))
    record_case_event(
        case=case,
        kind=CaseEventKind.STOPPED,
        actor=actor,
        at=moment,
        from_state=before,
        to_state=case.state,
        note=why,
    )
    return case
