"""What became of a leg's own dossier: heard from its events, at least once each, and changing nothing twice.

The result is signed and in the store before the legs after it start, so that they can take it along.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind
from dossiers.models import DossierEvent, ResultFile
from dossiers.services.issue_result import issue_for_event
from haddong_portal.common import clock
from haddong_portal.common.actors import system_actor
from haddong_portal.notices.constants import NoticeEvent
from interlink.constants import OPEN_CASES, CaseEventKind, ClockOf, LegState
from interlink.models import Leg
from interlink.services.acting import case_actor
from interlink.services.advance import advance, tell_correction
from interlink.services.leg_changes import change_leg, save_result
from interlink.services.locking import LockedCase, lock_case
from interlink.services.telling import tell_leg

SUBSCRIBER = "interlink.hear_dossier"
BRINGS_RESULT = frozenset({EventKind.RESULT_RECORDED, EventKind.CORRECTED})
AT_WORK = frozenset({LegState.WORKING, LegState.SUPPLEMENT})


def hear_dossier(event_id: int, *, now: datetime | None = None) -> None:
    """Carry one event of a dossier to its leg; nothing for a dossier of no case."""
    event = DossierEvent.objects.filter(pk=event_id, kind__in=HEARD).first()
    leg = Leg.objects.only("pk", "case_id", "key").filter(dossier_id=event.dossier_id).first() if event else None
    if event is None or leg is None:
        return
    moment = clock.local(now or clock.now())
    if event.kind in BRINGS_RESULT:
        issue_for_event(event_id, now=moment)
    _hear(event, leg, moment)


@transaction.atomic
def _hear(event: DossierEvent, found: Leg, now: datetime) -> None:
    locked = lock_case(case_id=found.case_id, actor=system_actor("Bộ phận Một cửa"), now=now)
    locked.actor = case_actor(locked.case)
    leg = locked.leg(found.key)
    if locked.case.state not in OPEN_CASES or leg.dossier_id != event.dossier_id:
        return
    _HANDLERS[EventKind(event.kind)](locked, leg, event)
    advance(locked)


def _result(locked: LockedCase, leg: Leg, event: DossierEvent) -> None:
    if leg.state in AT_WORK:
        finish_dossier_leg(locked, leg)


def _corrected(locked: LockedCase, leg: Leg, event: DossierEvent) -> None:
    """A new result: whoever works with the old one is told, and a leg that was sent back is done again."""
    if leg.state in AT_WORK:
        finish_dossier_leg(locked, leg)
    elif leg.state == LegState.DONE:
        _take_result(leg)
    tell_correction(locked, leg.key)


def finish_dossier_leg(locked: LockedCase, leg: Leg) -> None:
    """Done, with what the dossier's current result says."""
    _take_result(leg)
    change_leg(locked, leg, LegState.DONE, CaseEventKind.LEG_DONE, data={"number": leg.outcome_number})


def _take_result(leg: Leg) -> None:
    rows = ResultFile.objects.filter(dossier_id=leg.dossier_id or 0, is_refusal=False, superseded_at__isnull=True)
    result = rows.order_by("-id").first()
    if result is None:
        return
    leg.outcome_number, leg.outcome_date, leg.outcome_text = result.number, result.issued_on, result.name
    told = {"generation": leg.generation, "facts": {"number": [1, result.number]}, "papers": _papers(result)}
    save_result(leg, json.dumps(told, ensure_ascii=False))


def _papers(result: ResultFile) -> list[dict[str, object]]:
    version = result.paper_version
    return [{"slot": "certificate", "name": result.name, "paper_id": version.paper_id}] if version else []


def _refused(locked: LockedCase, leg: Leg, event: DossierEvent) -> None:
    if leg.state in AT_WORK:
        reason = event.note or "Xem văn bản từ chối của hồ sơ."
        change_leg(locked, leg, LegState.REFUSED, CaseEventKind.LEG_REFUSED, reason=reason)
        tell_leg(locked, NoticeEvent.LINKED_REFUSED, leg, reason)


def _stopped(locked: LockedCase, leg: Leg, event: DossierEvent) -> None:
    """A dossier stopped or withdrawn ends its leg like a refusal: what depends on it cannot go on."""
    if leg.state in AT_WORK:
        reason = event.note or "Hồ sơ đã dừng giải quyết."
        change_leg(locked, leg, LegState.REFUSED, CaseEventKind.LEG_REFUSED, reason=reason, data={"stopped": True})


def _supplement(locked: LockedCase, leg: Leg, event: DossierEvent) -> None:
    if leg.state == LegState.WORKING:
        reason = event.note or "Xem phiếu yêu cầu bổ sung của hồ sơ."
        change_leg(
            locked, leg, LegState.SUPPLEMENT, CaseEventKind.LEG_SUPPLEMENT, clock_of=ClockOf.CITIZEN, reason=reason
        )


def _supplemented(locked: LockedCase, leg: Leg, event: DossierEvent) -> None:
    if leg.state == LegState.SUPPLEMENT and leg.dossier is not None:
        leg.due_at = max(leg.dossier.due_at or locked.now, leg.started_at or locked.now)
        change_leg(locked, leg, LegState.WORKING, CaseEventKind.LEG_SUPPLEMENTED, clock_of=ClockOf.WARD)


_HANDLERS: Mapping[EventKind, Callable[[LockedCase, Leg, DossierEvent], None]] = {
    EventKind.RESULT_RECORDED: _result,
    EventKind.CORRECTED: _corrected,
    EventKind.REFUSED: _refused,
    EventKind.STOPPED: _stopped,
    EventKind.SUPPLEMENT_REQUESTED: _supplement,
    EventKind.SUPPLEMENT_RECEIVED: _supplemented,
}
HEARD = frozenset(_HANDLERS)
