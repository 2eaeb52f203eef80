"""Record one act on a paper: the event row, the deliveries to whoever listens, in the act's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dossiers.papers.constants import PaperEventKind
from dossiers.papers.models import PaperEvent
from dossiers.papers.subscriptions import SOURCE
from haddong_portal.common.actors import Actor
from haddong_portal.common.insert import insert_row
from haddong_portal.plumbing.services.plan_deliveries import plan_deliveries

NOTE_LENGTH_MAX = 1000


def record_paper_event(
    *,
    paper_id: int,
    kind: PaperEventKind,
    actor: Actor,
    at: datetime,
    reference: str = "",
    note: str = "",
    data: Mapping[str, object] | None = None,
) -> PaperEvent:
    """The event of an act that has just been written; `data` holds no personal data."""
    event = paper_event(paper_id=paper_id, kind=kind, actor=actor, at=at, reference=reference, note=note, data=data)
    insert_row(event)
    plan_deliveries(source=SOURCE, kind=kind, event_id=event.pk, now=at)
    return event


def paper_event(
    *,
    paper_id: int,
    kind: PaperEventKind,
    actor: Actor,
    at: datetime,
    reference: str = "",
    note: str = "",
    data: Mapping[str, object] | None = None,
) -> PaperEvent:
    """The event as it is to be written; acts on several papers write theirs together."""
    return PaperEvent(
        paper_id=paper_id,
        kind=kind,
        at=at,
        actor_user_id=actor.user_id,
        actor_name=actor.name,
        actor_title=actor.post_title or actor.role_label,
        unit_id=actor.unit_id,
        unit_name=actor.unit_name,
        reference=reference,
        note=note[:NOTE_LENGTH_MAX],
        data=dict(data or {}),
    )
