"""Hand out the receipt anew when the date that holds is not the printed one (form 01; domain.md §4.1 rule 10).

The receiving desk. After an outage or a change of the calendar the clock gives another date; it binds only once it is
on a paper in the applicant's hand. Reads the clock again, writes the receipt that replaces the last one, the dossier,
one event and a message.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind
from dossiers.models import DossierEvent
from dossiers.rules.lifecycle import Command
from dossiers.selectors.act_rules import at_desk
from dossiers.services.clock_reading import READING_COLUMNS, apply_reading, reading_of
from dossiers.services.locking import lock_where, refuse_stale
from dossiers.services.notifying import tell_new_date
from dossiers.services.pausing import PROMISE_COLUMNS, promise_again
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError

REASON_TOLD_MAX = 200


@transaction.atomic
def reissue_receipt(
    *,
    actor: Actor,
    dossier_id: int,
    reason: str,
    row_version: int | None = None,
    now: datetime | None = None,
) -> DossierEvent:
    """The event. Raises DomainError receipt.reason_missing, receipt.clock_stands, receipt.nothing_new."""
    if not reason.strip():
        raise DomainError("receipt.reason_missing", "Phải ghi lý do cấp lại giấy hẹn.", "reason")
    dossier = lock_where(
        actor=actor,
        command=Command.REISSUE_RECEIPT,
        dossier_id=dossier_id,
        fits=at_desk,
        refusal="Giấy hẹn do bộ phận Một cửa đã tiếp nhận hồ sơ cấp lại.",
    )
    refuse_stale(dossier, row_version)
    moment, printed = clock.local(now or clock.now()), dossier.printed_due_at
    if dossier.paused_at is not None:
        raise DomainError("receipt.clock_stands", "Đồng hồ đang dừng nên chưa có ngày hẹn mới để in.", status=409)
    apply_reading(dossier, reading_of(dossier, now=moment))
    if dossier.due_at == printed:
        raise DomainError("receipt.nothing_new", "Ngày hẹn trên giấy người nộp đang giữ vẫn đúng.", status=409)
    slip = promise_again(dossier, reason=reason.strip(), actor=actor, now=moment)
    save_columns(dossier, [*READING_COLUMNS, *PROMISE_COLUMNS], now=moment)
    event = record_event(
        dossier=dossier,
        kind=EventKind.RECEIPT_REISSUED,
        actor=actor,
        at=moment,
        from_status=dossier.status,
        note=reason,
        data={
            "slip_id": slip.pk,
            "old_due_at": printed.isoformat() if printed else None,
            "new_due_at": dossier.due_at.isoformat() if dossier.due_at else None,
        },
    )
    tell_new_date(dossier, reason=reason, printed=printed, now=moment)
    return event
