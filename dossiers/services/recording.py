"""Record one act: the event row, the deliveries to whoever listens, in the act's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dossiers.constants import EventKind
from dossiers.models import Dossier, DossierEvent
from dossiers.subscriptions import SOURCE
from haddong_portal.common.actors import Actor
from haddong_portal.common.insert import insert_row, insert_rows
from haddong_portal.plumbing.services.plan_deliveries import plan_deliveries, plan_deliveries_of

NOTE_LENGTH_MAX = 1000


@dataclass(frozen=True, slots=True)
class Told:
    """What one of many dossiers is told: its state as it stands, the note, facts without personal data."""

    dossier_id: int
    status: str
    note: str
    data: Mapping[str, object]


def record_event(
    *,
    dossier: Dossier,
    kind: EventKind,
    actor: Actor,
    at: datetime,
    from_status: str,
    note: str = "",
    data: Mapping[str, object] | None = None,
) -> DossierEvent:
    """The event of an act that has just been written; `data` holds no personal data."""
    event = _event(kind, actor, at, from_status=from_status, to_status=dossier.status, note=note, data=data or {})
    event.dossier = dossier
    insert_row(event)
    plan_deliveries(source=SOURCE, kind=kind, event_id=event.pk, now=at)
    return event


def record_events(*, kind: EventKind, actor: Actor, at: datetime, told: Sequence[Told]) -> None:
    """One event for each dossier that an act told of at once and left in its state. Two statements for all."""
    events = [
        _event(kind, actor, at, from_status=one.status, to_status=one.status, note=one.note, data=one.data)
        for one in told
    ]
    for event, one in zip(events, told, strict=True):
        event.dossier_id = one.dossier_id
    insert_rows(events)
    plan_deliveries_of(source=SOURCE, kind=kind, event_ids=[event.pk for event in events], now=at)


def _event(
    kind: EventKind,
    actor: Actor,
    at: datetime,
    *,
    from_status: str,
    to_status: str,
    note: str,
    data: Mapping[str, object],
) -> DossierEvent:
    return DossierEvent(
        kind=kind,
        at=at,
        actor_user_id=actor.user_id,
        actor_name=actor.name,
        actor_title=actor.post_title or actor.role_label,
        unit_id=actor.unit_id,
        unit_name=actor.unit_name,
        from_status=from_status,
        to_status=to_status,
        note=note[:NOTE_LENGTH_MAX],
        data=dict(data),
    )
