"""A dossier's history replayed through the table of moves: every event must be an act the table allows there."""

from __future__ import annotations

from dossiers.constants import EventKind
from dossiers.models import Dossier, DossierEvent, StepRun
from dossiers.rules.lifecycle import MOVES, Command

# Which act of the table an event tells of. A branch's step is taken and finished under the same two kinds.
ACT_OF: dict[str, Command] = {
    EventKind.RECEIVED: Command.RECEIVE,
    EventKind.TAKEN: Command.TAKE,
    EventKind.STEP_FINISHED: Command.FINISH_STEP,
    EventKind.FORWARDED: Command.FORWARD,
    EventKind.RETURNED_TO_STEP: Command.RETURN_TO_STEP,
    EventKind.SIGNED: Command.SIGN,
    EventKind.SUPPLEMENT_REQUESTED: Command.REQUEST_SUPPLEMENT,
    EventKind.SUPPLEMENT_RECEIVED: Command.RECEIVE_SUPPLEMENT,
    EventKind.VERIFICATION_STARTED: Command.VERIFY,
    EventKind.VERIFICATION_FINISHED: Command.FINISH_VERIFICATION,
    EventKind.WITHDRAWAL_REQUESTED: Command.REQUEST_WITHDRAWAL,
    EventKind.WITHDRAWAL_DECLINED: Command.DECLINE_WITHDRAWAL,
    EventKind.RESULT_RECORDED: Command.RECORD_RESULT,
    EventKind.HANDED_OVER: Command.HAND_OVER,
    EventKind.STOPPED: Command.STOP,
}


def illegal_moves(dossier: Dossier) -> list[str]:
    """What the table does not allow in this dossier's history; empty when all is lawful."""
    status, wrong = "", []
    events = list(DossierEvent.objects.filter(dossier=dossier).order_by("pk"))
    for event in events:
        move = MOVES[ACT_OF[event.kind]]
        told = f"{dossier.code} {event.kind} {event.from_status or '(new)'} → {event.to_status}"
        if event.from_status != status:
            wrong.append(f"{told}: the dossier was {status or '(new)'}")
        if move.from_states and event.from_status not in move.from_states:
            wrong.append(f"{told}: not from there")
        # A supplement that came in part, and a withdrawal's answer, leave or lead back to where it was.
        if event.to_status not in move.to and event.to_status != event.from_status:
            wrong.append(f"{told}: not to there")
        status = event.to_status
    if dossier.status != status:
        wrong.append(f"{dossier.code} is {dossier.status}, its history ends with {status}")
    return [*wrong, *_miscounted(dossier, len(events))]


def _miscounted(dossier: Dossier, events: int) -> list[str]:
    """Each act counts the version on by one; one lead step is open at most, its officer's."""
    wrong = []
    if dossier.row_version != events:
        wrong.append(f"{dossier.code} has {events} events and version {dossier.row_version}")
    runs = list(StepRun.objects.filter(dossier=dossier, branch=0, state__in=["waiting", "working"]))
    expected = [] if dossier.current_run_no is None else [(dossier.current_run_no, dossier.officer_id)]
    if [(run.run_no, run.officer_id) for run in runs] != expected:
        wrong.append(f"{dossier.code} stands at {expected}, its open steps are {runs}")
    return wrong
