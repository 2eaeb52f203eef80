"""Record one act on a linked case: a row of its ledger, in the act's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from haddong_portal.common.actors import Actor
from haddong_portal.common.insert import insert_row
from interlink.constants import CaseEventKind
from interlink.models import CaseEvent, Leg, LinkedCase

NOTE_LENGTH_MAX = 1000


def record_case_event(
    *,
    case: LinkedCase,
    kind: CaseEventKind,
    actor: Actor,
    at: datetime,
    leg: Leg | None = None,
    from_state: str = "",
    to_state: str = "",
    note: str = "",
    data: Mapping[str, object] | None = None,
) -> CaseEvent:
    """The event; `data` holds no personal data."""
    event = CaseEvent(
        case=case,
        leg=leg,
        kind=kind,
        at=at,
        actor_user_id=actor.user_id,
        actor_name=actor.name,
        actor_title=actor.post_title or actor.role_label,
        unit_id=actor.unit_id,
        unit_name=actor.unit_name,
        from_state=from_state,
        to_state=to_state,
        note=note[:NOTE_LENGTH_MAX],
        data=dict(data or {}),
    )
    insert_row(event)
    return event
