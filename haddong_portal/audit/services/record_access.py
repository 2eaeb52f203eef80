"""Append audit rows inside the caller's transaction, without any lock. Any actor; writes AuditEntry only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from haddong_portal.audit.models import AuditEntry
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.insert import insert_row


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
    insert_row(
        AuditEntry(
            at=now or clock.now(),
            actor_user_id=actor.user_id,
            actor_name=actor.name,
            post_id=actor.post_id,
            unit_id=actor.unit_id,
            action=action,
            object_type=object_type,
            object_id=str(object_id),
            person_id=person_id,
            purpose=purpose,
            channel=actor.channel,
            ip=actor.ip,
            request_id=actor.request_id,
            data=dict(data or {}),
        )
    )
