"""Apply what an agency answered: the leg's state, its facts and papers, and what follows. System, once per reply.

A reply is a row before it is applied; whatever order they come in, the end is the same (rules/replies.py).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from haddong_portal.common import clock
from haddong_portal.common.actors import system_actor
from haddong_portal.notices.constants import NoticeEvent
from interlink.constants import OPEN_CASES, CaseEventKind, ClockOf, LegState, ReplyState
from interlink.models import AgencyReply, Leg
from interlink.rules.clocks import reckon
from interlink.rules.replies import Reply, Standing, fold
from interlink.selectors.case_view import result_of, standing_of
from interlink.services.advance import advance
from interlink.services.leg_changes import change_leg, save_result, start_clock
from interlink.services.locking import LockedCase, lock_case
from interlink.services.received_papers import keep_papers
from interlink.services.recording import record_case_event
from interlink.services.return_upstream import return_upstream
from interlink.services.subject_person import know_subject
from interlink.services.telling import tell_leg

_KINDS = {
    LegState.ACKNOWLEDGED: CaseEventKind.LEG_ACKNOWLEDGED,
    LegState.WORKING: CaseEventKind.LEG_WORKING,
    LegState.SUPPLEMENT: CaseEventKind.LEG_SUPPLEMENT,
    LegState.RETURNED: CaseEventKind.LEG_RETURNED,
    LegState.REFUSED: CaseEventKind.LEG_REFUSED,
    LegState.DONE: CaseEventKind.LEG_DONE,
}
_CLOCKS = {
    LegState.ACKNOWLEDGED: ClockOf.AGENCY,
    LegState.WORKING: ClockOf.AGENCY,
    LegState.SUPPLEMENT: ClockOf.CITIZEN,
    LegState.RETURNED: ClockOf.UPSTREAM,
}
_NO_REASON = "Cơ quan không ghi lý do."
AGENCY_MAY_CHANGE = frozenset({"ready", "sent", "acknowledged", "working", "supplement", "returned", "refused", "done"})


@transaction.atomic
def apply_reply(*, reply_id: int, now: datetime | None = None) -> ReplyState:
    """What became of the reply. Applying it again changes nothing. Raises NotFound linked.not_found."""
    moment = clock.local(now or clock.now())
    found = AgencyReply.objects.select_related("message__leg", "agency").get(pk=reply_id)
    if found.message is None:
        return _close(found, ReplyState.UNMATCHED, moment)
    actor = system_actor(found.agency.name)
    locked = lock_case(case_id=found.message.leg.case_id, actor=actor, now=moment)
    reply = AgencyReply.objects.select_for_update(no_key=True).get(pk=reply_id)
    if reply.state != ReplyState.WAITING:
        return ReplyState(reply.state)
    leg = locked.leg(found.message.leg.key)
    return _close(reply, _apply(locked, leg, reply, found.message.generation), moment)


def _close(reply: AgencyReply, state: ReplyState, now: datetime) -> ReplyState:
    reply.state = state
    reply.applied_at = None if state == ReplyState.UNMATCHED else now
    reply.save(update_fields=["state", "applied_at"])
    return state


def _apply(locked: LockedCase, leg: Leg, reply: AgencyReply, generation: int) -> ReplyState:
    payload: dict[str, Any] = json.loads(reply.payload or "{}")
    told = Reply(reply.kind, reply.sequence, generation, payload.get("facts") or {})
    before = standing_of(leg)
    after, decides = fold(before, told)
    still = locked.case.state in OPEN_CASES and leg.state in AGENCY_MAY_CHANGE
    if generation != leg.generation or not still:
        return _late(locked, leg, reply)
    _keep(locked, leg, after, payload)
    if not decides:
        _note_late(locked, leg, reply)
        advance(locked)  # a fact that came late may be what another leg waits for
        return ReplyState.LATE
    leg.last_reply_no = max(leg.last_reply_no, reply.sequence)
    _take_outcome(leg, payload)
    _move(locked, leg, LegState(after.state), str(payload.get("reason") or ""), reply)
    advance(locked)
    return ReplyState.APPLIED


def _late(locked: LockedCase, leg: Leg, reply: AgencyReply) -> ReplyState:
    _note_late(locked, leg, reply)
    return ReplyState.LATE


def _note_late(locked: LockedCase, leg: Leg, reply: AgencyReply) -> None:
    record_case_event(
        case=locked.case,
        kind=CaseEventKind.REPLY_LATE,
        actor=locked.actor,
        at=locked.now,
        leg=leg,
        data={"kind": reply.kind, "number": reply.sequence},
    )


def _keep(locked: LockedCase, leg: Leg, standing: Standing, payload: Mapping[str, Any]) -> None:
    """Facts and papers of the reply; the person they are about becomes known with the number."""
    stored = result_of(leg)
    papers = [*stored.get("papers", []), *keep_papers(locked, leg, payload.get("papers") or [])]
    final, number = standing.rank
    stored |= {"generation": leg.generation, "rank": [final, number], "kind": standing.kind, "papers": papers}
    stored["facts"] = {key: [told, value] for key, (told, value) in standing.facts.items()}
    save_result(leg, json.dumps(stored, ensure_ascii=False))
    know_subject(locked)


def _take_outcome(leg: Leg, payload: Mapping[str, Any]) -> None:
    outcome = payload.get("outcome") or {}
    number, text, on = outcome.get("number"), outcome.get("text"), outcome.get("date")
    if number:
        leg.outcome_number = str(number)[:120]
    if text:
        leg.outcome_text = str(text)[:1000]
    if on:
        leg.outcome_date = date.fromisoformat(str(on))


def _move(locked: LockedCase, leg: Leg, state: LegState, reason: str, reply: AgencyReply) -> None:
    leg.sent_at = leg.sent_at or reply.received_at
    leg.ack_at = leg.ack_at or reply.received_at
    if state == LegState.SUPPLEMENT:
        within = locked.template.supplement_within
        leg.supplement_due_at = reckon(within, locked.now, locked.work).due_at if within else None
    if leg.state == LegState.SUPPLEMENT and state in (LegState.ACKNOWLEDGED, LegState.WORKING):
        start_clock(locked, leg, locked.now)
    needs_reason = state in (LegState.RETURNED, LegState.REFUSED, LegState.SUPPLEMENT)
    told = reason or (_NO_REASON if needs_reason else "")
    change_leg(
        locked,
        leg,
        state,
        _KINDS[state],
        clock_of=_CLOCKS.get(state, ClockOf.NOBODY),
        reason=told,
        data={"number": reply.sequence},
    )
    if state == LegState.SUPPLEMENT:
        tell_leg(locked, NoticeEvent.LINKED_SUPPLEMENT, leg, told)
    elif state == LegState.REFUSED:
        tell_leg(locked, NoticeEvent.LINKED_REFUSED, leg, told)
    elif state == LegState.RETURNED:
        return_upstream(locked=locked, leg=leg, reason=told)
