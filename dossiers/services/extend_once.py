"""Apologise and give a new date: T11 (NĐ 61/2018 art. 19.9; TT 01/2018 form 04).

Whoever signs for the agency that is late (`signs_apology`). At least a working day before the due date; after it only
when the delay is on record, marked as late. As often as the rule-set allows: once. Writes both slips, the
re-appointment, the dossier, one event and the message.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from dossiers.constants import EventKind, FormKind
from dossiers.models import Dossier, DossierEvent, Extension
from dossiers.rules.lifecycle import Command
from dossiers.rules.waits import latest_extension_at
from dossiers.selectors.apology_signers import signs_apology
from dossiers.selectors.rulesets import policy_by_id
from dossiers.services.clock_reading import READING_COLUMNS, apply_reading, reading_of
from dossiers.services.issue_slip import SlipData, issue_slip
from dossiers.services.locking import lock_where, refuse_stale
from dossiers.services.notifying import notify_applicant
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.dates import due_text
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.constants import NoticeEvent

REASON_TOLD_MAX = 200
COLUMNS = (*READING_COLUMNS, "is_reappointed", "printed_due_at", "recomputed_due_at")


@transaction.atomic
def extend_once(
    *,
    actor: Actor,
    dossier_id: int,
    new_due_on: date,
    reason: str,
    row_version: int | None = None,
    now: datetime | None = None,
) -> DossierEvent:
    """The event. Raises DomainError extension.used, .too_late, .not_later, .day_off, .reason_missing."""
    dossier = lock_where(
        actor=actor,
        command=Command.EXTEND,
        dossier_id=dossier_id,
        fits=signs_apology,
        refusal="Phiếu xin lỗi do người đứng đầu cơ quan gây chậm ký, hoặc người mà bộ quy tắc chỉ định.",
    )
    refuse_stale(dossier, row_version)
    moment = clock.local(now or clock.now())
    old_due_at, is_late, sequence_no = _check(dossier, reason, moment)
    new_due_at = _new_due_at(dossier, old_due_at, new_due_on)
    slip, event_data = _issue(dossier, actor, reason, old_due_at, new_due_at, moment)
    Extension(
        dossier=dossier,
        sequence_no=sequence_no,
        slip_id=slip,
        reason=reason.strip()[:1000],
        old_due_at=old_due_at,
        new_due_at=new_due_at,
        is_late=is_late,
        decided_by_id=actor.user_id or 0,
        decided_at=moment,
    ).save(force_insert=True)
    dossier.is_reappointed = True
    apply_reading(dossier, reading_of(dossier, now=moment))
    dossier.printed_due_at, dossier.recomputed_due_at = dossier.due_at, None
    save_columns(dossier, COLUMNS, now=moment)
    event = record_event(
        dossier=dossier,
        kind=EventKind.EXTENDED,
        actor=actor,
        at=moment,
        from_status=dossier.status,
        note=reason,
        data={**event_data, "is_late": is_late},
    )
    _tell(dossier, reason, old_due_at, moment)
    return event


def _check(dossier: Dossier, reason: str, now: datetime) -> tuple[datetime, bool, int]:
    """The date that holds now, whether the apology comes too late by law, and its number."""
    if not reason.strip():
        raise DomainError("extension.reason_missing", "Phải ghi lý do chậm.", "reason")
    if dossier.due_at is None or dossier.paused_at is not None:
        raise DomainError("extension.no_due_date", "Đồng hồ đang dừng nên chưa có ngày hẹn để dời.", status=409)
    policy, calendar = policy_by_id(dossier.ruleset_id), work_calendar_for(dossier.receiving_unit_id)
    used = Extension.objects.filter(dossier=dossier).count()
    if used >= policy.extensions_max:
        raise DomainError("extension.used", f"Hồ sơ chỉ được hẹn lại {policy.extensions_max} lần.", status=409)
    due_at = clock.local(dossier.due_at)
    last_at = latest_extension_at(due_at, calendar, policy)
    if now <= last_at:
        return due_at, False, used + 1
    if now <= due_at or dossier.overdue_recorded_at is None:
        raise DomainError(
            "extension.too_late",
            f"Phiếu xin lỗi phải ban hành chậm nhất {due_text(last_at)}. Sau ngày hẹn, phải ghi nhận quá hạn trước.",
            status=409,
        )
    return due_at, True, used + 1


def _new_due_at(dossier: Dossier, old_due_at: datetime, on: date) -> datetime:
    calendar = work_calendar_for(dossier.receiving_unit_id)
    if on <= clock.local(old_due_at).date():
        raise DomainError("extension.not_later", "Ngày hẹn mới phải sau ngày hẹn cũ.", "new_due_on")
    if not calendar.is_working_day(on):
        raise DomainError("extension.day_off", "Ngày hẹn mới phải là ngày làm việc.", "new_due_on")
    return calendar.end_of_day(on)


def _issue(
    dossier: Dossier, actor: Actor, reason: str, old_due_at: datetime, new_due_at: datetime, now: datetime
) -> tuple[int, dict[str, object]]:
    """The request to the desk and the letter to the citizen; the letter's id and what the event tells."""
    contents = {"old_due_at": old_due_at.isoformat(), "kind": "new_date"}
    ids = [
        issue_slip(
            kind=kind,
            unit_id=dossier.owner_unit_id,
            ruleset_id=dossier.ruleset_id,
            actor=actor,
            now=now,
            dossier=dossier,
            data=SlipData(reason=reason, due_at=new_due_at, contents=contents),
        ).pk
        for kind in (FormKind.EXTENSION_REQUEST, FormKind.APOLOGY_LETTER)
    ]
    return ids[1], {"old_due_at": old_due_at.isoformat(), "new_due_at": new_due_at.isoformat(), "slip_id": ids[1]}


def _tell(dossier: Dossier, reason: str, old_due_at: datetime, now: datetime) -> None:
    notify_applicant(
        dossier=dossier,
        event=NoticeEvent.DUE_DATE_MOVED,
        now=now,
        more={"reason": reason[:REASON_TOLD_MAX], "old_due": due_text(old_due_at)},
    )
