"""Let a leg go on that stands for people to decide, or start one again from the beginning, or record by hand what an
agency decided (domain.md §9.7: the ward records the outcomes of others, it never decides them).

Heads of the desk, officers and administrators. Writes the leg, its message and one event.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError
from haddong_portal.common.text import clean_text
from haddong_portal.notices.constants import NoticeEvent
from interlink.constants import CaseEventKind, ClockOf, LegKind, LegState, MessageKind, MessageState
from interlink.models import AgencyMessage, Leg
from interlink.permissions import RECORD_OUTCOME, RESTART, RESUME
from interlink.rules.engine import RESUMABLE
from interlink.rules.replies import Reply, fold
from interlink.selectors.case_view import result_of, standing_of
from interlink.services.advance import advance, restart
from interlink.services.hear_dossier import finish_dossier_leg
from interlink.services.leg_changes import change_leg, save_result
from interlink.services.locking import LockedCase, lock_case, need_open
from interlink.services.queue_message import queue_message
from interlink.services.return_upstream import return_upstream
from interlink.services.subject_person import know_subject
from interlink.services.telling import tell_leg

OUTCOMES = {
    "done": (LegState.DONE, CaseEventKind.LEG_DONE),
    "refused": (LegState.REFUSED, CaseEventKind.LEG_REFUSED),
    "supplement": (LegState.SUPPLEMENT, CaseEventKind.LEG_SUPPLEMENT),
    "returned": (LegState.RETURNED, CaseEventKind.LEG_RETURNED),
}
AT_AGENCY = frozenset(
    {LegState.READY, LegState.SENT, LegState.ACKNOWLEDGED, LegState.WORKING, LegState.SUPPLEMENT, LegState.RETURNED}
)


@transaction.atomic
def resume_leg(
    *,
    actor: Actor,
    case_id: int,
    leg_key: str,
    reason: str,
    row_version: int | None = None,
    now: datetime | None = None,
) -> Leg:
    """Go on without what holds the leg; a leg sent back counts as put right. Raises NotAllowed, DomainError
    linked.no_reason, Conflict linked.not_resumable, linked.ended, linked.stale."""
    actor.require(RESUME)
    locked, leg, why = _at_hand(actor, case_id, leg_key, reason, row_version, now)
    if leg.state == LegState.HELD and leg.hold_code in RESUMABLE:
        leg.released = [*leg.released, leg.hold_code]
        change_leg(locked, leg, LegState.WAITING, CaseEventKind.LEG_RELEASED, clock_of=ClockOf.UPSTREAM, reason=why)
    elif leg.kind == LegKind.DOSSIER and leg.state == LegState.WORKING and leg.outcome_number:
        finish_dossier_leg(locked, leg)
    else:
        raise Conflict("linked.not_resumable", "Bước này không ở tình trạng cho tiếp tục được.")
    advance(locked)
    return leg


@transaction.atomic
def restart_leg(
    *,
    actor: Actor,
    case_id: int,
    leg_key: str,
    reason: str,
    row_version: int | None = None,
    now: datetime | None = None,
) -> Leg:
    """A new generation of an agency's leg: what was asked before is cancelled. Raises NotAllowed, DomainError
    linked.no_reason, Conflict linked.not_restartable, linked.ended, linked.stale."""
    actor.require(RESTART)
    locked, leg, why = _at_hand(actor, case_id, leg_key, reason, row_version, now)
    if leg.kind != LegKind.EXCHANGE or leg.state in (LegState.WAITING, LegState.HELD, LegState.SKIPPED):
        raise Conflict("linked.not_restartable", "Bước này không làm lại được.")
    withdraw_request(locked, leg)
    restart(locked, leg, why)
    advance(locked)
    return leg


@transaction.atomic
def record_outcome_by_hand(
    *,
    actor: Actor,
    case_id: int,
    leg_key: str,
    outcome: str,
    number: str = "",
    on: date | None = None,
    text: str = "",
    facts: Mapping[str, str] | None = None,
    row_version: int | None = None,
    now: datetime | None = None,
) -> Leg:
    """What an agency that is not connected (or is down) decided, as its paper says. Raises NotAllowed, DomainError
    outcome.unknown, outcome.number, outcome.reason, outcome.fact; Conflict linked.not_at_agency, linked.ended,
    linked.stale."""
    actor.require(RECORD_OUTCOME)
    _check_outcome(outcome, number, text)
    locked, leg, _ = _at_hand(actor, case_id, leg_key, text or number, row_version, now)
    if leg.kind != LegKind.EXCHANGE or leg.state not in AT_AGENCY:
        raise Conflict("linked.not_at_agency", "Bước này không ở cơ quan khác nên không ghi kết quả được.")
    _check_facts(locked, leg, outcome, facts or {})
    _write(locked, leg, outcome, facts or {})
    leg.outcome_number, leg.outcome_date = clean_text(number)[:120], on
    leg.outcome_text = clean_text(text)[:1000]
    state, kind = OUTCOMES[outcome]
    leg.sent_at, leg.ack_at = leg.sent_at or locked.now, leg.ack_at or locked.now
    told = leg.outcome_text if state != LegState.DONE else ""
    clock_of = ClockOf.CITIZEN if state == LegState.SUPPLEMENT else ClockOf.NOBODY
    change_leg(locked, leg, state, kind, clock_of=clock_of, reason=told, data={"by_hand": True})
    _follow(locked, leg, state, told)
    return leg


def withdraw_request(locked: LockedCase, leg: Leg) -> None:
    """Compensation: what has not left is withdrawn, what the agency may have is cancelled by a message of its own."""
    rows = AgencyMessage.objects.filter(leg=leg, generation=leg.generation)
    rows.filter(state=MessageState.PENDING, attempts=0).update(state=MessageState.WITHDRAWN)
    asked = rows.filter(kind=MessageKind.REQUEST).exclude(state__in=[MessageState.WITHDRAWN, MessageState.REJECTED])
    if asked.exists():
        queue_message(
            leg=leg, kind=MessageKind.CANCEL, payload={"case": locked.case.code, "leg": leg.key}, now=locked.now
        )


def _follow(locked: LockedCase, leg: Leg, state: LegState, told: str) -> None:
    if state == LegState.SUPPLEMENT:
        tell_leg(locked, NoticeEvent.LINKED_SUPPLEMENT, leg, told)
    elif state == LegState.REFUSED:
        tell_leg(locked, NoticeEvent.LINKED_REFUSED, leg, told)
    elif state == LegState.RETURNED:
        return_upstream(locked=locked, leg=leg, reason=told)
    advance(locked)


def _at_hand(
    actor: Actor, case_id: int, leg_key: str, reason: str, row_version: int | None, now: datetime | None
) -> tuple[LockedCase, Leg, str]:
    why = clean_text(reason)
    if not why:
        raise DomainError("linked.no_reason", "Chưa ghi lý do.", "reason")
    moment = clock.local(now or clock.now())
    locked = lock_case(case_id=case_id, actor=actor, now=moment, row_version=row_version)
    need_open(locked)
    return locked, locked.leg(leg_key), why


def _check_outcome(outcome: str, number: str, text: str) -> None:
    if outcome not in OUTCOMES:
        raise DomainError("outcome.unknown", "Chưa chọn cơ quan trả lời thế nào.", "outcome")
    if outcome == "done" and not clean_text(number):
        raise DomainError("outcome.number", "Chưa ghi số văn bản, giấy tờ kết quả.", "number")
    if outcome != "done" and not clean_text(text):
        raise DomainError("outcome.reason", "Chưa ghi lý do của cơ quan.", "text")


def _check_facts(locked: LockedCase, leg: Leg, outcome: str, facts: Mapping[str, str]) -> None:
    """A result that ends a leg brings the facts that other legs wait for."""
    known = {one.key: one.label for one in locked.plan(leg.key).results if one.kind == "fact"}
    if unknown := set(facts) - set(known):
        raise DomainError("outcome.fact", "Bước này không có thông tin kết quả đó.", sorted(unknown)[0])
    waited = {fact.partition(".")[2] for plan in locked.template.legs for fact in plan.waits_for}
    for key in waited & set(known):
        if outcome == "done" and not facts.get(key):
            raise DomainError("outcome.fact", f"Chưa ghi: {known[key]}.", key)


def _write(locked: LockedCase, leg: Leg, outcome: str, facts: Mapping[str, str]) -> None:
    """As a reply of the highest number so far plus one, so that a reply that comes later is told apart."""
    standing = standing_of(leg)
    told = Reply(
        outcome, standing.rank[1] + 1, leg.generation, {key: clean_text(value) for key, value in facts.items()}
    )
    after, _ = fold(standing, told)
    stored = result_of(leg)
    final, number = after.rank
    stored |= {"generation": leg.generation, "rank": [final, number], "kind": after.kind}
    stored["facts"] = {key: [said, value] for key, (said, value) in after.facts.items()}
    save_result(leg, json.dumps(stored, ensure_ascii=False))
    know_subject(locked)
