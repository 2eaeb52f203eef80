"""Carry out the moves that the engine finds due, until there are none. Under the case's lock, in one transaction."""

from __future__ import annotations

from haddong_portal.common.errors import DomainError
from haddong_portal.common.update import update_row
from interlink.constants import CaseEventKind, CaseState, ClockOf, LegState, MessageKind
from interlink.models import Leg
from interlink.rules.engine import Move, MoveKind, case_state, dependants, next_moves
from interlink.services.leg_changes import change_leg, restart_columns
from interlink.services.leg_papers import papers_for
from interlink.services.locking import LockedCase
from interlink.services.queue_message import queue_message
from interlink.services.recording import record_case_event
from interlink.services.start_leg import hold_leg, payload_of, start_leg
from interlink.services.telling import tell_end

ROUNDS_MAX = 100
_OPEN = (CaseState.CONFIRMING, CaseState.RUNNING, CaseState.HELD)


def advance(locked: LockedCase) -> int:
    """How many moves were made; afterwards the case's own state follows its legs."""
    made = 0
    for _ in range(ROUNDS_MAX):
        moves = [move for move in next_moves(locked.view()) if move.kind != MoveKind.END]
        if not moves:
            break
        _carry_out(locked, moves[0])
        made += 1
    _settle(locked)
    return made


def _carry_out(locked: LockedCase, move: Move) -> None:
    leg = locked.leg(move.leg)
    if move.kind == MoveKind.START:
        start_leg(locked=locked, leg=leg)
    elif move.kind == MoveKind.HOLD:
        hold_leg(locked, leg, move.code, move.reason)
    elif move.kind == MoveKind.RESTART:
        restart(locked, leg, move.reason)
    elif move.kind == MoveKind.WAIT:
        change_leg(locked, leg, LegState.WAITING, CaseEventKind.LEG_RELEASED, clock_of=ClockOf.UPSTREAM)
    elif move.kind == MoveKind.SKIP:
        change_leg(locked, leg, LegState.SKIPPED, CaseEventKind.LEG_SKIPPED, reason=move.reason)
    else:
        change_leg(locked, leg, LegState.CANCELLED, CaseEventKind.LEG_CANCELLED, reason=move.reason)


def restart(locked: LockedCase, leg: Leg, reason: str) -> None:
    """A new generation from the beginning: the earlier request's replies count no more."""
    restart_columns(leg)
    leg.started_at = leg.due_at = None
    change_leg(locked, leg, LegState.WAITING, CaseEventKind.LEG_RESTARTED, clock_of=ClockOf.UPSTREAM, reason=reason)


def tell_correction(locked: LockedCase, key: str) -> None:
    """Agencies that already work with the result of `key` get it anew."""
    for other in dependants(locked.template, key):
        leg = locked.leg(other)
        if leg.kind != "exchange" or leg.state not in ("ready", "sent", "acknowledged", "working", "supplement"):
            continue
        try:
            papers = papers_for(locked, locked.plan(other))
        except DomainError:
            continue  # the leg itself is restarted or resumed by people, who see why
        queue_message(leg=leg, kind=MessageKind.CORRECTION, payload=payload_of(locked, leg, papers), now=locked.now)


def _settle(locked: LockedCase) -> None:
    case, state = locked.case, CaseState(case_state(locked.view()))
    case.row_version += 1
    if case.state in _OPEN and state != case.state:
        before, case.state = case.state, state
        if state == CaseState.ENDED:
            case.ended_at = locked.now
        kind = {CaseState.ENDED: CaseEventKind.ENDED, CaseState.RUNNING: CaseEventKind.RESUMED}.get(
            state, CaseEventKind.HELD
        )
        record_case_event(case=case, kind=kind, actor=locked.actor, at=locked.now, from_state=before, to_state=state)
        if state == CaseState.ENDED:
            tell_end(locked)
    update_row(case, ("state", "ended_at", "row_version", "subject_person"))
