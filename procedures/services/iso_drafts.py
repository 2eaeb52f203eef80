"""Drafts of ISO processes: the first one, the next issue of one in force, its head, and away with it: editors.

Only a draft may be changed: dossiers follow what has been issued. Writes IsoProcess and, with a copy, everything under
it, with history. LEGAL: TT01-2018-D8.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Model
from simple_history.utils import bulk_create_with_history

from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotFound
from haddong_portal.common.text import clean_text
from procedures.constants import ProcessKind, ProcessState
from procedures.models import IsoAmendment, IsoForm, IsoProcess, IsoRecord, IsoSection, IsoStep
from procedures.permissions import EDIT_PROCESS
from procedures.services.iso_document import add_usual_sections
from procedures.services.iso_shared import locked_draft, locked_issues, note_edit

CODE_MAX = 30


@dataclass(frozen=True, kw_only=True)
class ProcessHead:
    """What a process says of itself; minutes are working minutes."""

    name: str
    level: str
    kind: str = ProcessKind.MULTI_DAY
    procedure_id: int | None = None
    is_default: bool = False
    delegation_id: int | None = None
    promised_cut_minutes: int = 0
    prepared_by: str = ""
    checked_by: str = ""


def start_process(*, actor: Actor, code: str, head: ProcessHead, now: datetime | None = None) -> IsoProcess:
    """A first draft under a new code. DomainError `process.code_missing`, `.code_taken`, `.name_missing`,
    `.default_of_procedure`."""
    actor.require(EDIT_PROCESS)
    code = clean_text(code)[:CODE_MAX]
    if not code:
        raise DomainError("process.code_missing", "Chưa nhập mã quy trình.", "code")
    with transaction.atomic():
        process = IsoProcess(code=code)
        _first_of_its_code(process, head)
        add_usual_sections(process=process)
        note_edit(actor, process, "started", now)
    return process


def save_process_head(*, actor: Actor, process_id: int, head: ProcessHead, now: datetime | None = None) -> IsoProcess:
    """The draft with a new head; Conflict `process.not_draft`."""
    actor.require(EDIT_PROCESS)
    with transaction.atomic():
        process = locked_draft(process_id)
        _write_head(process, head)
        note_edit(actor, process, "head", now)
    return process


def draft_next_issue(*, actor: Actor, process_id: int, now: datetime | None = None) -> IsoProcess:
    """A copy of an issue as the draft of the next one; the draft that is there already, if one is.

    Steps, sections, forms, records and recipients come along; decision and days do not.
    """
    actor.require(EDIT_PROCESS)
    with transaction.atomic():
        source = IsoProcess.objects.filter(pk=process_id).first()
        if source is None:
            raise NotFound("Không tìm thấy quy trình này.", code="process.not_found")
        issues = locked_issues(source.code)
        for issue in issues:
            if issue.state == ProcessState.DRAFT:
                return issue
        draft = _copied_head(source, issues[-1].version + 1)
        for model in (IsoStep, IsoSection, IsoAmendment, IsoForm, IsoRecord):
            _copy_rows(model, source, draft)
        add_usual_sections(process=draft)
        note_edit(actor, draft, "next_issue", now)
    return draft


def discard_draft(*, actor: Actor, process_id: int, now: datetime | None = None) -> None:
    """Throw a draft away with everything under it; Conflict `process.not_draft`."""
    actor.require(EDIT_PROCESS)
    with transaction.atomic():
        process = locked_draft(process_id)
        note_edit(actor, process, "discarded", now)
        process.delete()


def _first_of_its_code(process: IsoProcess, head: ProcessHead) -> None:
    """Written, unless the code has a process already, or gets one at this moment from somebody else."""
    taken = IsoProcess.objects.filter(code=process.code).exists()
    try:
        with transaction.atomic():
            if not taken:
                _write_head(process, head)
    except IntegrityError as error:
        if "iso_process_" not in str(error):
            raise
        taken = True
    if taken:
        message = f"Mã {process.code} đã có quy trình. Hãy lập lần ban hành tiếp theo từ quy trình đó."
        raise Conflict("process.code_taken", message, "code")


def _write_head(process: IsoProcess, head: ProcessHead) -> None:
    name = clean_text(head.name)[:300]
    if not name:
        raise DomainError("process.name_missing", "Chưa nhập tên quy trình.", "name")
    if head.is_default and head.procedure_id is not None:
        message = "Quy trình mặc định của cấp dùng chung nên không gắn với một thủ tục."
        raise DomainError("process.default_of_procedure", message, "is_default")
    process.name, process.level, process.kind = name, head.level, head.kind
    process.procedure_id, process.is_default = head.procedure_id, head.is_default
    process.delegation_id, process.promised_cut_minutes = head.delegation_id, head.promised_cut_minutes
    process.prepared_by, process.checked_by = clean_text(head.prepared_by)[:120], clean_text(head.checked_by)[:120]
    process.save()


def _copied_head(source: IsoProcess, version: int) -> IsoProcess:
    kept = ("code", "name", "procedure_id", "level", "kind", "is_default", "delegation_id", "promised_cut_minutes")
    draft = IsoProcess(version=version, **{name: getattr(source, name) for name in kept})
    draft.prepared_by, draft.checked_by, draft.recipients = source.prepared_by, source.checked_by, source.recipients
    draft.save()
    return draft


def _copy_rows(model: type[Model], source: IsoProcess, draft: IsoProcess) -> None:
    rows = list(model._default_manager.filter(process=source))
    for row in rows:
        row.pk, row._state.adding = None, True
        row.process = draft  # type: ignore[attr-defined]
    if hasattr(model, "history"):
        bulk_create_with_history(rows, model)
    else:
        model._default_manager.bulk_create(rows)
