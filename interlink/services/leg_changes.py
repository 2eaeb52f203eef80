"""Move a leg to another state, with its ledger row. Helpers of the acts, under the case's lock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from haddong_portal.common.update import update_row
from interlink.constants import ENDED_LEGS, CaseEventKind, ClockOf, LegState
from interlink.models import Leg
from interlink.rules.clocks import reckon
from interlink.services.locking import LockedCase
from interlink.services.recording import record_case_event

COLUMNS = (
    "state",
    "generation",
    "started_at",
    "due_at",
    "explanation",
    "sent_at",
    "ack_due_at",
    "ack_at",
    "done_at",
    "supplement_due_at",
    "last_reply_no",
    "dossier",
    "outcome_number",
    "outcome_date",
    "outcome_text",
    "reason",
    "clock_of",
    "hold_code",
    "released",
    "apology_at",
    "ack_alert_at",
    "sync_alert_at",
)
REASON_MAX = 1000


def change_leg(
    locked: LockedCase,
    leg: Leg,
    state: LegState,
    kind: CaseEventKind,
    *,
    clock_of: ClockOf = ClockOf.NOBODY,
    reason: str = "",
    data: Mapping[str, object] | None = None,
) -> None:
    """Assign the state with what belongs to it, save, and write the event."""
    before = leg.state
    leg.state, leg.clock_of, leg.reason = state, clock_of, reason[:REASON_MAX]
    leg.done_at = locked.now if state in ENDED_LEGS else None
    if state != LegState.HELD:
        leg.hold_code = ""
    save_leg(leg)
    record_case_event(
        case=locked.case,
        kind=kind,
        actor=locked.actor,
        at=locked.now,
        leg=leg,
        from_state=before,
        to_state=state,
        note=reason,
        data=data,
    )


def save_leg(leg: Leg) -> None:
    """Every column that acts change, but the result."""
    update_row(leg, COLUMNS)


def save_result(leg: Leg, text: str) -> None:
    """What came back, encrypted."""
    leg.result = text
    leg.save(update_fields=["result"])


def start_clock(locked: LockedCase, leg: Leg, start: datetime) -> None:
    """The leg's limit runs from `start`; an apology for an earlier date is forgotten with it."""
    plan = locked.plan(leg.key)
    found = reckon(plan.limit, start, locked.work)
    leg.started_at, leg.due_at, leg.explanation = start, found.due_at, list(found.lines)
    leg.apology_at = None


def restart_columns(leg: Leg) -> None:
    """Nothing of the earlier run counts any more."""
    leg.generation += 1
    leg.sent_at = leg.ack_at = leg.ack_due_at = leg.done_at = leg.supplement_due_at = None
    leg.ack_alert_at = leg.sync_alert_at = leg.apology_at = None
    leg.last_reply_no, leg.dossier = 0, None
    leg.outcome_number, leg.outcome_date, leg.outcome_text = "", None, ""
