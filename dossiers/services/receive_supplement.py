"""Receive what was asked for: T9, the time limit starts anew (NĐ 61/2018 art. 19.4).

The desk that received the dossier. Ticks the papers that came; when all are there the stop ends, the clock is read
again and a new receipt (form 01) with the new date is issued. Writes lines, stop, step, dossier, one event, a message.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind, IntervalKind, Status
from dossiers.models import Dossier, DossierEvent, SlipLine
from dossiers.rules.lifecycle import Command
from dossiers.selectors.act_rules import at_desk
from dossiers.services.locking import current_run, lock_where, refuse_stale
from dossiers.services.notifying import notify_applicant
from dossiers.services.pausing import (
    PAUSE_COLUMNS,
    PROMISE_COLUMNS,
    open_pause,
    promise_again,
    restart_step,
    run_clock_again,
)
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from dossiers.services.side_work import state_beside
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.constants import NoticeEvent


@transaction.atomic
def receive_supplement(
    *,
    actor: Actor,
    dossier_id: int,
    line_ids: Collection[int],
    note: str = "",
    row_version: int | None = None,
    now: datetime | None = None,
) -> DossierEvent:
    """The event. With some papers still missing the dossier goes on waiting. Raises supplement.none_received."""
    dossier = lock_where(
        actor=actor,
        command=Command.RECEIVE_SUPPLEMENT,
        dossier_id=dossier_id,
        fits=at_desk,
        refusal="Chỉ bộ phận Một cửa đã tiếp nhận hồ sơ được nhận bổ sung.",
    )
    refuse_stale(dossier, row_version)
    moment = clock.local(now or clock.now())
    pause = open_pause(dossier, IntervalKind.SUPPLEMENT)
    if pause is None or pause.slip is None:
        raise DomainError("supplement.none_open", "Hồ sơ không có yêu cầu bổ sung nào đang mở.", status=409)
    missing = _tick(pause.slip.pk, line_ids, moment)
    was_sent, dossier.check_due_at = dossier.check_due_at is not None, None
    if missing:
        if was_sent:
            save_columns(dossier, ["check_due_at"], now=moment)
        return _event(dossier, actor, moment, note or "Đã nhận một phần giấy tờ bổ sung.", missing=missing)
    dossier.status, dossier.resume_status, dossier.supplement_until = state_beside(dossier), "", None
    run_clock_again(dossier, pause, now=moment)
    restart_step(dossier, current_run(dossier), now=moment)
    slip = promise_again(dossier, reason="đã bổ sung đủ hồ sơ", actor=actor, now=moment)
    save_columns(dossier, [*PAUSE_COLUMNS, *PROMISE_COLUMNS, "step_due_at", "check_due_at"], now=moment)
    event = _event(dossier, actor, moment, note, missing=0, slip_id=slip.pk)
    notify_applicant(
        dossier=dossier,
        event=NoticeEvent.SUPPLEMENT_RECEIVED,
        now=moment,
    )
    return event


def _tick(slip_id: int, line_ids: Collection[int], now: datetime) -> int:
    """Mark the lines received; returns how many are still missing."""
    lines = SlipLine.objects.filter(slip_id=slip_id, received_at__isnull=True)
    if not lines.filter(pk__in=line_ids).update(received_at=now):
        raise DomainError("supplement.none_received", "Chưa đánh dấu giấy tờ nào đã nhận.", "line_ids")
    return lines.count()


def _event(
    dossier: Dossier, actor: Actor, now: datetime, note: str, *, missing: int, slip_id: int | None = None
) -> DossierEvent:
    return record_event(
        dossier=dossier,
        kind=EventKind.SUPPLEMENT_RECEIVED,
        actor=actor,
        at=now,
        from_status=Status.WAIT_SUPPLEMENT,
        note=note,
        data={"missing": missing, "slip_id": slip_id},
    )
