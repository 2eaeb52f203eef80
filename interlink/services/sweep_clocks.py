"""What the clock brings up in linked cases: late legs, missing acknowledgements, confirmations and supplements overdue.

System. Each case in a transaction of its own, each thing once: a sweep may run twice, at once, or be missed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from haddong_portal.common import clock
from haddong_portal.common.actors import system_actor
from haddong_portal.common.dates import due_text
from haddong_portal.common.update import update_row
from haddong_portal.notices.constants import NoticeEvent
from interlink.constants import COUNTED_LEGS, OPEN_CASES, CaseEventKind, ConfirmationState, LegKind, LegState
from interlink.models import Confirmation, Leg
from interlink.rules.clocks import reckon
from interlink.services.acting import NAME
from interlink.services.advance import advance
from interlink.services.leg_changes import change_leg, save_leg
from interlink.services.locking import LockedCase, lock_case
from interlink.services.recording import record_case_event
from interlink.services.telling import tell_leg

BATCH = 200
NOT_CONFIRMED = (LegState.READY, LegState.SENT)


def sweep_clocks(*, now: datetime | None = None) -> int:
    """How many cases had something."""
    moment = clock.local(now or clock.now())
    cases = sorted({*_cases_of_legs(moment), *_cases_of_confirmations(moment)})[:BATCH]
    return sum(_look(case_id, moment) for case_id in cases)


@transaction.atomic
def _look(case_id: int, now: datetime) -> int:
    locked = lock_case(case_id=case_id, actor=system_actor(NAME), now=now)
    if locked.case.state not in OPEN_CASES:
        return 0
    found = sum(step(locked) for step in _STEPS)
    if found:
        advance(locked)
    return min(found, 1)


def _cases_of_legs(now: datetime) -> set[int]:
    late = Q(state__in=COUNTED_LEGS, due_at__lt=now, apology_at__isnull=True)
    silent = Q(state__in=NOT_CONFIRMED, ack_due_at__lt=now, ack_alert_at__isnull=True)
    unsent = Q(state=LegState.READY, sync_alert_at__isnull=True, started_at__lt=now - timedelta(minutes=1))
    lapsed = Q(state=LegState.SUPPLEMENT, supplement_due_at__lt=now)
    rows = Leg.objects.filter(late | silent | unsent | lapsed, case__state__in=OPEN_CASES)
    return set(rows.order_by("case_id").values_list("case_id", flat=True).distinct()[:BATCH])


def _cases_of_confirmations(now: datetime) -> set[int]:
    rows = Confirmation.objects.filter(state=ConfirmationState.ASKED, due_at__lt=now, case__state__in=OPEN_CASES)
    return set(rows.values_list("case_id", flat=True)[:BATCH])


def _apologise(locked: LockedCase) -> int:
    """One apology for each leg and start of its clock; whose clock it is stands on the leg."""
    found = 0
    for leg in locked.legs.values():
        if leg.state in COUNTED_LEGS and leg.due_at and leg.due_at < locked.now and leg.apology_at is None:
            leg.apology_at = locked.now
            save_leg(leg)
            who = locked.case.receiving_unit.name if leg.kind == LegKind.DOSSIER else leg.agency.name
            reason = f"Hẹn {due_text(leg.due_at)}; đang ở {who}."
            _note(locked, leg, CaseEventKind.LEG_APOLOGY, reason, clock_of=leg.clock_of)
            tell_leg(locked, NoticeEvent.LINKED_LATE, leg, reason)
            found += 1
    return found


def _miss_acknowledgement(locked: LockedCase) -> int:
    """An incident for the people who run the portal, no delay that the citizen sees (domain.md §9.7)."""
    found = 0
    for leg in locked.legs.values():
        overdue = leg.ack_due_at is not None and leg.ack_due_at < locked.now
        if leg.state in NOT_CONFIRMED and overdue and leg.ack_alert_at is None:
            leg.ack_alert_at = locked.now
            save_leg(leg)
            _note(locked, leg, CaseEventKind.LEG_ACK_MISSING, f"{leg.agency.name} chưa xác nhận tiếp nhận.")
            found += 1
    return found


def _miss_sync(locked: LockedCase) -> int:
    within = locked.template.sync_within
    found = 0
    for leg in locked.legs.values():
        if within is None or leg.state != LegState.READY or leg.started_at is None or leg.sync_alert_at:
            continue
        due = reckon(within, leg.started_at, locked.work).due_at
        if due is not None and due < locked.now:
            leg.sync_alert_at = locked.now
            save_leg(leg)
            _note(locked, leg, CaseEventKind.LEG_SYNC_MISSING, f"Chưa chuyển được đến {leg.agency.name}.")
            found += 1
    return found


def _lapse_confirmations(locked: LockedCase) -> int:
    """Nobody answered in time: the leg's clock stays stopped, people decide (domain.md §9.8)."""
    found = 0
    for asked in locked.confirmations:
        if asked.state == ConfirmationState.ASKED and asked.due_at and asked.due_at < locked.now:
            asked.state = ConfirmationState.LAPSED
            update_row(asked, ("state",))
            record_case_event(
                case=locked.case,
                kind=CaseEventKind.CONFIRMATION_LAPSED,
                actor=locked.actor,
                at=locked.now,
                note=asked.role_name,
                data={"role": asked.role},
            )
            found += 1
    return found


def _lapse_supplements(locked: LockedCase) -> int:
    found = 0
    for leg in locked.legs.values():
        if leg.state == LegState.SUPPLEMENT and leg.supplement_due_at and leg.supplement_due_at < locked.now:
            reason = "Quá thời hạn bổ sung."
            change_leg(locked, leg, LegState.REFUSED, CaseEventKind.LEG_REFUSED, reason=reason)
            tell_leg(locked, NoticeEvent.LINKED_REFUSED, leg, reason)
            found += 1
    return found


_STEPS: tuple[Callable[[LockedCase], int], ...] = (
    _apologise,
    _miss_acknowledgement,
    _miss_sync,
    _lapse_confirmations,
    _lapse_supplements,
)


def _note(locked: LockedCase, leg: Leg, kind: CaseEventKind, note: str, **data: object) -> None:
    record_case_event(
        case=locked.case, kind=kind, actor=locked.actor, at=locked.now, leg=leg, note=note, data=dict(data)
    )
