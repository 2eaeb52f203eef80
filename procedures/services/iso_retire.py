"""Take an issued ISO process out of use, with the reason: catalogue editors and administrators.

Dossiers that started on it finish on it. Writes IsoProcess. LEGAL: TT01-2018-D8.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotFound
from haddong_portal.common.text import clean_text
from procedures.constants import ProcessState
from procedures.models import IsoProcess
from procedures.permissions import PUBLISH_PROCESS
from procedures.selectors.processes import processes_in_force
from procedures.services.iso_publish import facts_of
from procedures.services.revision import bump_revision


def retire_process(
    *, actor: Actor, process_id: int, ends_on: date, reason: str, now: datetime | None = None
) -> IsoProcess:
    """Take an issue out of use from `ends_on` (the first day without it). DomainError `process.reason_missing`,
    `.ends_in_past`, `.default_needed`; Conflict `process.not_in_force`."""
    actor.require(PUBLISH_PROCESS)
    now = now or clock.now()
    reason = clean_text(reason)[:100]
    if not reason:
        raise DomainError("process.reason_missing", "Ngừng áp dụng thì phải nêu lý do.", "reason")
    with transaction.atomic():
        process = _locked_issue(process_id)
        _check_end(process, ends_on, today=clock.local(now).date())
        process.state, process.valid_to = ProcessState.RETIRED, ends_on
        process._change_reason = reason  # type: ignore[attr-defined]  # simple-history reads it
        process.save()
        record_access(
            actor=actor,
            action=PUBLISH_PROCESS,
            object_type="iso_process",
            object_id=process.pk,
            now=now,
            data=facts_of(process),
        )
        bump_revision(now=now)
    return process


def _locked_issue(process_id: int) -> IsoProcess:
    process = IsoProcess.objects.select_for_update(no_key=True).filter(pk=process_id).first()
    if process is None:
        raise NotFound("Không tìm thấy quy trình này.", code="process.not_found")
    if process.state != ProcessState.PUBLISHED:
        raise Conflict("process.not_in_force", "Chỉ ngừng áp dụng được quy trình đã ban hành và chưa ngừng.")
    return process


def _check_end(process: IsoProcess, ends_on: date, *, today: date) -> None:
    if ends_on < today or (process.valid_from and ends_on <= process.valid_from):
        message = "Ngày ngừng áp dụng phải từ hôm nay trở đi và sau ngày có hiệu lực."
        raise DomainError("process.ends_in_past", message, "ends_on")
    if process.valid_to is not None and process.valid_to <= ends_on:
        raise Conflict("process.not_in_force", f"Quy trình này đã hết hiệu lực từ {process.valid_to:%d/%m/%Y}.")
    if process.is_default and not _other_default(process, ends_on):
        message = (
            "Đây là quy trình mặc định duy nhất của cấp này: ngừng thì thủ tục không có quy trình riêng sẽ không tiếp "
            "nhận được. Hãy ban hành quy trình thay thế trước."
        )
        raise DomainError("process.default_needed", message)


def _other_default(process: IsoProcess, on: date) -> bool:
    others = processes_in_force(on).filter(is_default=True, level=process.level, kind=process.kind)
    return others.exclude(pk=process.pk).exists()
