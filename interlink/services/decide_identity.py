"""Decide whether two people on file are one: an officer's word, on record; no number and no likeness does it alone.

Officers and leaders. Writes the decision, one event where a case is named, and one audit row. Nothing is merged.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.citizens.models import Person
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.text import clean_text
from haddong_portal.common.update import update_row
from interlink.constants import CaseEventKind
from interlink.models import IdentityDecision
from interlink.permissions import DECIDE_IDENTITY
from interlink.services.locking import lock_case
from interlink.services.recording import record_case_event


@transaction.atomic
def decide_identity(
    *,
    actor: Actor,
    person_id: int,
    other_id: int,
    is_same: bool,
    reason: str,
    case_id: int | None = None,
    now: datetime | None = None,
) -> IdentityDecision:
    """The decision. With a case and `is_same`, `person_id` becomes whom the case is about. Raises NotAllowed, NotFound,
    DomainError identity.same_person, identity.no_reason."""
    actor.require(DECIDE_IDENTITY)
    why, moment = clean_text(reason), clock.local(now or clock.now())
    if not why:
        raise DomainError("identity.no_reason", "Chưa ghi căn cứ kết luận.", "reason")
    if person_id == other_id:
        raise DomainError("identity.same_person", "Đây là cùng một người trên hệ thống.", "other_id")
    if Person.objects.filter(pk__in=[person_id, other_id]).count() != 2:
        raise NotFound("Không tìm thấy người này.", code="identity.not_found")
    one, other = sorted((person_id, other_id))
    decision = IdentityDecision.objects.create(
        one_id=one,
        other_id=other,
        case_id=case_id,
        is_same=is_same,
        reason=why[:500],
        decided_by_id=actor.user_id or 0,
        decided_at=moment,
    )
    if case_id is not None:
        _tell_case(actor, case_id, person_id, decision, moment)
    record_access(
        actor=actor,
        action=DECIDE_IDENTITY,
        object_type="person",
        object_id=person_id,
        person_id=person_id,
        purpose=why[:200],
        data={"other": other_id, "same": is_same},
        now=moment,
    )
    return decision


def _tell_case(actor: Actor, case_id: int, person_id: int, decision: IdentityDecision, now: datetime) -> None:
    locked = lock_case(case_id=case_id, actor=actor, now=now)
    if decision.is_same and locked.case.subject_person_id is None:
        locked.case.subject_person_id = person_id
        update_row(locked.case, ("subject_person",))
    record_case_event(
        case=locked.case,
        kind=CaseEventKind.IDENTITY_DECIDED,
        actor=actor,
        at=now,
        note=decision.reason,
        data={"decision": decision.pk, "same": decision.is_same},
    )
