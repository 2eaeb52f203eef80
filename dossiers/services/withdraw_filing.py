"""Take back a filing that nobody has accepted: T14 before any clock runs, SUBMITTED or given back → STOPPED.

Whoever has proven the dossier's phone, or the connected system that filed it. Nothing has begun, so nobody has to
answer: it ends at once (NĐ 118/2025 art. 21; once accepted, `request_withdrawal` asks the desk). Writes the request
with its end, the dossier, one event and one message.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind, Status, StopReason
from dossiers.models import Dossier, WithdrawalRequest
from dossiers.rules.lifecycle import Command
from dossiers.services.notifying import notify_applicant
from dossiers.services.own_dossier import Proof, lock_own
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.constants import NoticeEvent


@transaction.atomic
def withdraw_filing(*, proof: Proof, reason: str = "", now: datetime | None = None) -> Dossier:
    """The ended dossier. Raises tracking.not_proven, dossier.illegal_move and filing.other_way for one that the desk
    has accepted meanwhile."""
    moment = clock.local(now or clock.now())
    dossier = lock_own(proof=proof, command=Command.WITHDRAW_FILING, now=moment)
    from_status = dossier.status
    if dossier.accepted_at is not None:
        raise DomainError(
            "filing.other_way", "Hồ sơ đã được tiếp nhận. Xin gửi đề nghị rút để bộ phận Một cửa trả lời.", status=409
        )
    _record_request(dossier, reason, proof.actor.user_id, moment)
    dossier.status, dossier.stop_reason, dossier.closed_at = Status.STOPPED, StopReason.WITHDRAWN, moment
    dossier.check_due_at, dossier.supplement_until = None, None
    columns = ["status", "stop_reason", "closed_at", "check_due_at", "supplement_until"]
    save_columns(dossier, columns, now=moment)
    record_event(
        dossier=dossier,
        kind=EventKind.STOPPED,
        actor=proof.actor,
        at=moment,
        from_status=from_status,
        note=reason.strip(),
        data={"reason": StopReason.WITHDRAWN.value, "is_online": True},
    )
    notify_applicant(dossier=dossier, event=NoticeEvent.FILING_WITHDRAWN, now=moment)
    return dossier


def _record_request(dossier: Dossier, reason: str, by: int | None, now: datetime) -> None:
    """Asked and granted at once: the law gives nobody a reason to decline."""
    WithdrawalRequest(
        dossier=dossier,
        asked_at=now,
        is_online=True,
        reason=reason.strip()[:1000],
        recorded_by_id=by,
        accepted=True,
        decided_at=now,
    ).save(force_insert=True)
