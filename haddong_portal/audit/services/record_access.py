"""Append audit rows inside the caller's transaction, without any lock. Any actor; writes AuditEntry only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from haddong_portal.audit.models import AuditEntry
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.insert import insert_row, insert_rows


@dataclass(frozen=True, slots=True)
class Access:
    """One access of several that an act makes: `action` is dotted, `person_id` is whose data was touched."""

    action: str
    object_type: str
    object_id: int | str
    person_id: int | None = None
    purpose: str = ""
    data: Mapping[str, object] = field(default_factory=dict)


def record_accesses(*, actor: Actor, accesses: Sequence[Access], now: datetime | None = None) -> None:
    """One row each, in one statement."""
    moment = now or clock.now()
    insert_rows([_entry(actor, access, moment) for access in accesses])


def record_access(
    *,
    actor: Actor,
    action: str,
    object_type: str,
    object_id: int | str,
    person_id: int | None = None,
    purpose: str = "",
    data: Mapping[str, object] | None = None,
    now: datetime | None = None,
) -> None:
    """One row: `action` is dotted ("dossier.read"); `person_id` is whose data was touched."""
    access = Access(action, object_type, object_id, person_id, purpose, data or {})
    insert_row(_entry(actor, access, now or clock.now()))


def _entry(actor: Actor, access: Access, now: datetime) -> AuditEntry:
    return AuditEntry(
        at=now,
        actor_user_id=actor.user_id,
        actor_name=actor.name,
        post_id=actor.post_id,
        unit_id=actor.unit_id,
        action=access.action,
        object_type=access.object_type,
        object_id=str(access.object_id),
        person_id=access.person_id,
        purpose=access.purpose,
        channel=actor.channel,
        ip=actor.ip,
        request_id=actor.request_id,
        data=dict(access.data),
    )
