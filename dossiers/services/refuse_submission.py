"""Refuse to take in an online filing: T3/T4, SUBMITTED → REFUSED_INTAKE (TT 01/2018 form 03). The desk's.

Writes the slip, the dossier, one event and one message.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind, FormKind, Status
from dossiers.models import Dossier
from dossiers.rules.lifecycle import Command
from dossiers.services.filing_lock import lock_filing
from dossiers.services.issue_slip import SlipData, issue_slip
from dossiers.services.notifying import notify_applicant
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.constants import NoticeEvent

REASON_TOLD_MAX = 200


@transaction.atomic
def refuse_submission(
    *, actor: Actor, dossier_id: int, reason: str, row_version: int | None = None, now: datetime | None = None
) -> Dossier:
    """The refused dossier. Raises refusal.reason_missing and as every act of the desk."""
    moment = clock.local(now or clock.now())
    dossier = lock_filing(
        actor=actor, command=Command.REFUSE_SUBMISSION, dossier_id=dossier_id, row_version=row_version
    )
    if not reason.strip():
        raise DomainError("refusal.reason_missing", "Phải ghi lý do từ chối.", "reason")
    dossier.status, dossier.closed_at, dossier.check_due_at = Status.REFUSED_INTAKE, moment, None
    save_columns(dossier, ["status", "closed_at", "check_due_at"], now=moment)
    record_event(
        dossier=dossier,
        kind=EventKind.INTAKE_REFUSED,
        actor=actor,
        at=moment,
        from_status=Status.SUBMITTED,
        note=reason,
    )
    notify_applicant(
        dossier=dossier,
        event=NoticeEvent.INTAKE_REFUSED,
        now=moment,
        more={"reason": reason[:REASON_TOLD_MAX]},
    )
    issue_slip(
        kind=FormKind.REFUSAL,
        unit_id=dossier.receiving_unit_id,
        ruleset_id=dossier.ruleset_id,
        actor=actor,
        now=moment,
        dossier=dossier,
        data=SlipData(reason=reason),
    )
    return dossier
