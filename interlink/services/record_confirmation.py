"""Record that somebody agreed, or did not (QĐ 296/QĐ-VPCP/2024): the legs that need it go on from that moment.

Clerks, and connected systems for confirmations on VNeID. Writes the confirmation and one event.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotFound
from haddong_portal.common.text import clean_text
from haddong_portal.common.update import update_row
from interlink.constants import CaseEventKind, ConfirmationMethod, ConfirmationState
from interlink.models import Confirmation
from interlink.permissions import CONFIRM
from interlink.services.advance import advance
from interlink.services.locking import lock_case, need_open
from interlink.services.recording import record_case_event


@transaction.atomic
def record_confirmation(
    *,
    actor: Actor,
    case_id: int,
    role: str,
    agreed: bool,
    method: str,
    note: str = "",
    row_version: int | None = None,
    now: datetime | None = None,
) -> Confirmation:
    """The confirmation. One that lapsed may still be given. Raises NotAllowed, NotFound, DomainError
    confirmation.method, Conflict confirmation.answered, linked.ended, linked.stale."""
    actor.require(CONFIRM)
    if not method or method not in ConfirmationMethod.values:
        raise DomainError("confirmation.method", "Chưa ghi đã xác nhận bằng cách nào.", "method")
    moment = clock.local(now or clock.now())
    locked = lock_case(case_id=case_id, actor=actor, now=moment, row_version=row_version)
    need_open(locked)
    asked = next((one for one in locked.confirmations if one.role == role), None)
    if asked is None:
        raise NotFound("Hồ sơ không cần xác nhận này.", code="confirmation.not_found")
    if asked.state not in (ConfirmationState.ASKED, ConfirmationState.LAPSED):
        raise Conflict("confirmation.answered", "Xác nhận này đã được ghi.")
    before = asked.state
    asked.state = ConfirmationState.GIVEN if agreed else ConfirmationState.DECLINED
    asked.method, asked.answered_at, asked.recorded_by_id = method, moment, actor.user_id
    asked.note = clean_text(note)[:500]
    update_row(asked, ("state", "method", "answered_at", "recorded_by", "note"))
    kind = CaseEventKind.CONFIRMATION_GIVEN if agreed else CaseEventKind.CONFIRMATION_DECLINED
    record_case_event(
        case=locked.case,
        kind=kind,
        actor=actor,
        at=moment,
        from_state=before,
        to_state=asked.state,
        note=asked.role_name,
        data={"role": role, "method": method},
    )
    advance(locked)
    return asked
