"""Show the whole number to the clerk who is about to dial. Right call.record, in the task's own unit; writes audit."""

from __future__ import annotations

from datetime import datetime

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.notices.models import CallTask
from haddong_portal.notices.selectors.calls import call_of


def reveal_call(*, actor: Actor, task_id: int, now: datetime | None = None) -> CallTask:
    """The task with its number; NotFound `call.not_found` outside the actor's unit."""
    actor.require("call.record")
    task = call_of(actor, task_id)
    data = {"reference": task.reference}
    record_access(
        actor=actor,
        action="call.dialled",
        object_type="call_task",
        object_id=task.pk,
        data=data,
        now=now or clock.now(),
    )
    return task
