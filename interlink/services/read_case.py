"""Open a linked case to read it; whoever may read. Leaves an audit row."""

from __future__ import annotations

from datetime import datetime

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor
from interlink.models import LinkedCase
from interlink.permissions import READ
from interlink.selectors.case_page import CasePage, case_page, visible_case


def read_case(*, actor: Actor, code: str, purpose: str, now: datetime) -> tuple[LinkedCase, CasePage]:
    """The case and its page; NotFound linked.not_found for what the actor may not see."""
    actor.require(READ)
    case = visible_case(actor=actor, code=code)
    record_access(
        actor=actor,
        action=READ,
        object_type="linked_case",
        object_id=case.pk,
        person_id=case.requester_id,
        purpose=purpose,
        now=now,
    )
    return case, case_page(actor=actor, case=case, now=now)
