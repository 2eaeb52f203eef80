"""What the printed ISO document of a process says: its own words, else what the catalogue says (domain.md §13.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings

from haddong_portal.accounts.selectors.units import unit_names
from haddong_portal.common.errors import NotFound
from procedures.constants import Channel, ProcessState, SectionKind
from procedures.documents.process import DocumentSection, DocumentTable, ProcessDocument
from procedures.models import IsoProcess, IsoSection
from procedures.rules import facts
from procedures.rules.process_document import USUAL_SECTIONS, standing_words
from procedures.rules.process_words import step_rows, time_words
from procedures.selectors.processes import check_of, desks_performing, path_steps, process_by_id
from procedures.selectors.sheets import ProcedureSheet, procedure_sheet

STEP_HEAD = ("TT", "Trình tự", "Trách nhiệm", "Thời gian", "Biểu mẫu/Kết quả")
PAPER_HEAD = ("TT", "Thành phần hồ sơ", "Bản chính", "Bản sao")
BY_PROCEDURE = "Theo từng thủ tục trong danh mục đã công bố."

Section = IsoSection | Any
Filler = Callable[[IsoProcess, ProcedureSheet | None, str, str], DocumentSection]


def process_document(process_id: int) -> ProcessDocument:
    """The document of an issue, drafts too; NotFound `process.not_found`."""
    process = process_by_id(process_id)
    sheet = _sheet(process)
    return ProcessDocument(
        unit_name=settings.PORTAL_UNIT_NAME,
        code=process.code,
        name=process.name,
        issue=f"{process.version:02d}",
        issued_on=f"{process.valid_from:%d/%m/%Y}" if process.valid_from else "",
        decision=_decision(process),
        prepared_by=process.prepared_by,
        checked_by=process.checked_by,
        approver_name=process.approver_name,
        approver_title=process.approver_title,
        draft=process.state == ProcessState.DRAFT,
        recipients=tuple(process.recipients),
        amendments=_amendments(process),
        sections=[*_sections(process, sheet), *_closing(process)],
    )


def _sheet(process: IsoProcess) -> ProcedureSheet | None:
    """The published procedure, if the process is written for one that is published."""
    if process.procedure is None:
        return None
    try:
        return procedure_sheet(process.procedure.national_code)
    except NotFound:
        return None


def _decision(process: IsoProcess) -> str:
    if not process.decision_no:
        return ""
    day = f" ngày {process.decided_on:%d/%m/%Y}" if process.decided_on else ""
    return f"Quyết định số {process.decision_no}{day}"


def _amendments(process: IsoProcess) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (row.page or "—", row.content, f"{row.issue:02d}", f"{row.amended_on:%d/%m/%Y}" if row.amended_on else "—")
        for row in process.amendments.all()
    ) or (("—", "Chưa có", "—", "—"),)


def _sections(process: IsoProcess, sheet: ProcedureSheet | None) -> list[DocumentSection]:
    written = [(row.number, row.kind, row.title, row.body) for row in process.sections.all()]
    usual = [(number, str(kind), title, "") for number, kind, title in USUAL_SECTIONS]
    return [_section(process, sheet, *one) for one in written or usual]


def _section(
    process: IsoProcess, sheet: ProcedureSheet | None, number: str, kind: str, title: str, body: str
) -> DocumentSection:
    if kind == SectionKind.STEPS:
        return _steps(process, number, title, body)
    if body:
        return DocumentSection(number, title, _paragraphs(body))
    if kind in FILLERS:
        return FILLERS[SectionKind(kind)](process, sheet, number, title)
    return DocumentSection(number, title, standing_words(SectionKind(kind), process.name, settings.PORTAL_UNIT_NAME))


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _steps(process: IsoProcess, number: str, title: str, body: str) -> DocumentSection:
    """The step table; rows of branches are shaded and say where they leave and rejoin the lead line."""
    steps = path_steps(process.pk)
    rows = step_rows(steps, unit_names({step.unit_id for step in steps if step.unit_id}))
    table = DocumentTable(
        head=STEP_HEAD,
        rows=tuple(
            (
                str(row.step.sequence),
                "\n".join(part for part in (row.step.name, row.step.content, row.path, row.returns) if part),
                f"{row.who}\n{row.where}",
                row.time,
                row.step.record or "—",
            )
            for row in rows
        ),
        widths=(0.45, 3.1, 1.8, 1.35, 1.9),
        shaded=tuple(at for at, row in enumerate(rows) if row.step.branch),
    )
    return DocumentSection(number, title, _paragraphs(body), tables=(table,))


def _legal_basis(process: IsoProcess, sheet: ProcedureSheet | None, number: str, title: str) -> DocumentSection:
    laws = sheet.version.legal_basis if sheet else []
    items = tuple(" ".join(part for part in (law.get("code", ""), law.get("name", "")) if part) for law in laws)
    return DocumentSection(number, title, () if items else (BY_PROCEDURE,), items=items)


def _papers(process: IsoProcess, sheet: ProcedureSheet | None, number: str, title: str) -> DocumentSection:
    cases = sheet.cases if sheet else ()
    tables = tuple(
        DocumentTable(
            head=PAPER_HEAD,
            rows=tuple(
                (str(at), paper["name"], _count(paper["originals"]), _count(paper["copies"]))
                for at, paper in enumerate(case.papers, start=1)
            ),
            widths=(0.45, 6, 1.1, 1.1),
            title=case.name if len(cases) > 1 else "",
        )
        for case in cases
        if case.papers
    )
    return DocumentSection(number, title, () if tables else (BY_PROCEDURE,), tables=tables)


def _count(number: int) -> str:
    return f"{number:02d}" if number else "—"


def _time(process: IsoProcess, sheet: ProcedureSheet | None, number: str, title: str) -> DocumentSection:
    found = check_of(process)
    items = (
        tuple(_limit(case.name, limit, len(sheet.cases)) for case in sheet.cases for limit in case.limits)
        if sheet
        else ()
    )
    said = [] if items else [BY_PROCEDURE]
    if found.total_minutes:
        said.append(f"Tổng thời gian các bước theo tuyến dài nhất: {time_words(found.total_minutes)}.")
    if found.cut_minutes:
        said.append(f"Cắt giảm so với thời hạn: {time_words(found.cut_minutes)}.")
    return DocumentSection(number, title, tuple(said), items=tuple(dict.fromkeys(items)))


def _limit(case: str, limit: Any, cases: int) -> str:
    channel = f" ({Channel(limit['channel']).label.lower()})" if limit["channel"] else ""
    named = f"{case}{channel}: " if cases > 1 else f"{channel.strip(' ()').capitalize()}: " if channel else ""
    return f"{named}{limit['words']}"


def _place(process: IsoProcess, sheet: ProcedureSheet | None, number: str, title: str) -> DocumentSection:
    desks = desks_performing(process.procedure_id) if process.procedure_id else []
    if desks:
        return DocumentSection(number, title, items=tuple(desks))
    where = sheet.page.get("where", "") if sheet else ""
    return DocumentSection(
        number, title, (f"Bộ phận Tiếp nhận và Trả kết quả, {where}.",) if where else (BY_PROCEDURE,)
    )


def _fees(process: IsoProcess, sheet: ProcedureSheet | None, number: str, title: str) -> DocumentSection:
    cases = sheet.cases if sheet else ()
    lines = [
        f"{case.name}: {term.fee}" if len(cases) > 1 else term.fee
        for case in cases
        for term in facts.terms_by_channel(case.limits, case.fees)
    ]
    items = tuple(dict.fromkeys(" ".join(line.split()) for line in lines))
    return DocumentSection(number, title, () if items else (BY_PROCEDURE,), items=items)


def _conditions(process: IsoProcess, sheet: ProcedureSheet | None, number: str, title: str) -> DocumentSection:
    text = sheet.version.conditions if sheet else BY_PROCEDURE
    return DocumentSection(number, title, _paragraphs(text) or ("Không có.",))


FILLERS: dict[SectionKind, Filler] = {
    SectionKind.LEGAL_BASIS: _legal_basis,
    SectionKind.PAPERS: _papers,
    SectionKind.TIME: _time,
    SectionKind.PLACE: _place,
    SectionKind.FEES: _fees,
    SectionKind.CONDITIONS: _conditions,
}


def _closing(process: IsoProcess) -> Sequence[DocumentSection]:
    """Parts 6 and 7 from the lists."""
    forms = tuple((str(at), row.code or "—", row.name) for at, row in enumerate(process.forms.all(), start=1))
    records = tuple(
        (str(at), row.name, row.kept_for or "—", row.kept_at or "—")
        for at, row in enumerate(process.records.all(), start=1)
    )
    none = ("Theo mẫu của từng thủ tục.",)
    form_table = DocumentTable(("TT", "Mã hiệu", "Tên biểu mẫu"), forms, (0.45, 1.6, 6))
    record_table = DocumentTable(("TT", "Hồ sơ lưu", "Thời gian lưu", "Nơi lưu"), records, (0.45, 4, 2, 2.4))
    return (
        DocumentSection("6", "Biểu mẫu", () if forms else none, tables=(form_table,) if forms else ()),
        DocumentSection("7", "Hồ sơ lưu", () if records else none, tables=(record_table,) if records else ()),
    )
