"""What the printed document of a draft says beside the steps: sections, forms, records kept, recipients: editors.

A list is written whole, as the editor sees it. Writes IsoSection, IsoForm, IsoRecord, IsoProcess.recipients.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from simple_history.utils import bulk_create_with_history

from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import clean_text
from procedures.constants import SectionKind
from procedures.models import IsoForm, IsoProcess, IsoRecord, IsoSection
from procedures.permissions import EDIT_PROCESS
from procedures.rules.process_document import USUAL_SECTIONS
from procedures.services.iso_shared import locked_draft, note_edit

LINES_MAX = 60


@dataclass(frozen=True, kw_only=True)
class SectionData:
    """A section in the order of the document; an empty body is filled from the catalogue where the kind allows."""

    number: str
    title: str
    kind: str = SectionKind.OTHER
    body: str = ""


@dataclass(frozen=True)
class FormLine:
    """A form: its code and its name."""

    code: str
    name: str


@dataclass(frozen=True)
class RecordLine:
    """A record to keep."""

    name: str
    kept_for: str = ""
    kept_at: str = ""


def save_sections(
    *, actor: Actor, process_id: int, sections: Sequence[SectionData], now: datetime | None = None
) -> list[IsoSection]:
    """The draft's sections in this order. DomainError `section.number_missing`, `section.title_missing`,
    `section.number_repeated`, `document.too_long`."""
    actor.require(EDIT_PROCESS)
    wanted = [_clean_section(section) for section in sections]
    _check_sections(wanted)
    with transaction.atomic():
        process = locked_draft(process_id)
        stored = {row.number: row for row in process.sections.all()}
        for gone in [row for number, row in stored.items() if number not in {one.number for one in wanted}]:
            gone.delete()
        process.sections.update(position=F("position") + LINES_MAX * 2)
        rows = [
            _write_section(stored.get(one.number) or IsoSection(process=process, number=one.number), one, at)
            for at, one in enumerate(wanted, start=1)
        ]
        note_edit(actor, process, "sections", now)
    return rows


def save_lists(
    *,
    actor: Actor,
    process_id: int,
    forms: Sequence[FormLine],
    records: Sequence[RecordLine],
    recipients: Sequence[str],
    now: datetime | None = None,
) -> None:
    """The draft's forms, records kept and recipients. DomainError `form.code_repeated`, `document.too_long`."""
    actor.require(EDIT_PROCESS)
    codes = Counter(clean_text(form.code) for form in forms if clean_text(form.code))
    if repeated := [code for code, times in codes.items() if times > 1]:
        raise DomainError("form.code_repeated", f"Mã biểu mẫu {repeated[0]} được ghi hai lần.", "forms")
    if max(len(forms), len(records), len(recipients)) > LINES_MAX:
        raise DomainError("document.too_long", f"Mỗi danh sách có nhiều nhất {LINES_MAX} dòng.")
    with transaction.atomic():
        process = locked_draft(process_id)
        process.forms.all().delete()
        process.records.all().delete()
        IsoForm.objects.bulk_create(
            IsoForm(process=process, position=at, code=clean_text(form.code)[:40], name=clean_text(form.name)[:300])
            for at, form in enumerate(forms, start=1)
        )
        IsoRecord.objects.bulk_create(_record(process, at, one) for at, one in enumerate(records, start=1))
        process.recipients = [clean_text(one)[:200] for one in recipients if clean_text(one)]
        process.save()
        note_edit(actor, process, "lists", now)


def add_usual_sections(*, process: IsoProcess) -> None:
    """The sections of the classic document, empty, for a process that has none; inside the caller's transaction."""
    if process.sections.exists():
        return
    rows = [
        IsoSection(process=process, position=at, number=number, title=title, kind=kind)
        for at, (number, kind, title) in enumerate(USUAL_SECTIONS, start=1)
    ]
    bulk_create_with_history(rows, IsoSection)


def _clean_section(section: SectionData) -> SectionData:
    return SectionData(
        number=clean_text(section.number)[:10],
        title=clean_text(section.title)[:200],
        kind=section.kind,
        body=section.body.strip(),
    )


def _check_sections(sections: Sequence[SectionData]) -> None:
    if len(sections) > LINES_MAX:
        raise DomainError("document.too_long", f"Tài liệu có nhiều nhất {LINES_MAX} mục.")
    for section in sections:
        if not section.number:
            raise DomainError("section.number_missing", f"Mục “{section.title}” chưa có số.", "number")
        if not section.title:
            raise DomainError("section.title_missing", f"Mục {section.number} chưa có tên.", "title")
    numbers = Counter(section.number for section in sections)
    if repeated := [number for number, times in numbers.items() if times > 1]:
        raise DomainError("section.number_repeated", f"Số mục {repeated[0]} được dùng hai lần.", "number")


def _write_section(row: IsoSection, section: SectionData, at: int) -> IsoSection:
    row.position, row.title, row.kind, row.body = at, section.title, section.kind, section.body
    row.save()
    return row


def _record(process: IsoProcess, at: int, line: RecordLine) -> IsoRecord:
    return IsoRecord(
        process=process,
        position=at,
        name=clean_text(line.name)[:300],
        kept_for=clean_text(line.kept_for)[:120],
        kept_at=clean_text(line.kept_at)[:200],
    )
