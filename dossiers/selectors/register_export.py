"""The register as a file: CSV, XLSX, or the pages of Mẫu 06 as PDF. Every export leaves an audit row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from openpyxl import Workbook

from dossiers.constants import FormKind
from dossiers.documents.parts import FormHead, FormSigner
from dossiers.documents.register_sheet import RegisterClosing, RegisterLine, RegisterSheetData, render_register_sheet
from dossiers.models import RuleSet
from dossiers.rules.forms import form_of
from dossiers.selectors.register import BookLine, BookState, book_lines, book_state, closed_lines, require_book
from dossiers.selectors.rulesets import rules_on
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import local
from haddong_portal.common.errors import DomainError
from haddong_portal.common.identifiers.masking import mask_phone

HEADINGS = (
    *("STT", "Mã hồ sơ", "Tên thủ tục hành chính", "Tên tổ chức, cá nhân", "Địa chỉ", "Số điện thoại"),
    *("Cơ quan chủ trì giải quyết", "Nhận hồ sơ", "Hẹn trả kết quả", "Trả kết quả", "Phương thức nhận kết quả"),
    "Ký nhận",
)
PDF_LINES_MAX = 2_000
# A spreadsheet would run a cell that begins so as a formula.
RISKY = ("=", "+", "-", "@", "\t", "\r")


def register_file(*, actor: Actor, unit_id: int, year: int, quarter: str = "", kind: str, now: datetime) -> bytes:
    """The whole book as `kind` csv, xlsx or pdf: a closed one as it was closed.

    Raises NotAllowed register.other_unit, DomainError register.kind, register.too_long (PDF).
    """
    unit = require_book(actor, unit_id)
    if kind not in _WRITERS:
        raise DomainError("register.kind", "Sổ xuất ra CSV, XLSX hoặc PDF.", "kind")
    state = book_state(unit, year, quarter)
    lines = closed_lines(state.closed) if state.closed else list(book_lines(unit_id, year, quarter))
    if not actor.has_right("dossier.read_personal"):
        lines = [_masked(line) for line in lines]
    record_reading(actor=actor, unit_id=unit_id, state=state, lines=lines, purpose=f"xuất sổ {kind}", now=now)
    return _WRITERS[kind](unit, state, lines, now)


def record_reading(
    *, actor: Actor, unit_id: int, state: BookState, lines: Sequence[BookLine], purpose: str, now: datetime
) -> None:
    """One audit row for the lines of a book that somebody is shown; none for an empty page."""
    if lines:
        record_access(
            actor=actor,
            action="dossier.register",
            object_type="register",
            object_id=f"{unit_id}:{state.book_no}",
            purpose=purpose,
            data={"lines": len(lines), "from_line": lines[0].line_no},
            now=now,
        )


def _masked(line: BookLine) -> BookLine:
    """For roles that need not see where people live: no address, the phone masked."""
    return BookLine(**{**vars(line), "address": "", "phone": mask_phone(line.phone) if line.phone else ""})


def _cells(line: BookLine) -> list[str | int]:
    texts = [
        *(line.code, line.procedure_name, line.applicant_name, line.address, line.phone, line.settling_unit),
        *(line.received_text, line.due_text, line.returned_text, line.result_method, line.signature),
    ]
    return [line.line_no, *(f"'{text}" if text.startswith(RISKY) else text for text in texts)]


def _csv(unit: Unit, state: BookState, lines: Sequence[BookLine], now: datetime) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    writer.writerows(_cells(line) for line in lines)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(unit: Unit, state: BookState, lines: Sequence[BookLine], now: datetime) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(f"So theo doi {state.year}")
    sheet.append(HEADINGS)
    for line in lines:
        sheet.append(_cells(line))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _pdf(unit: Unit, state: BookState, lines: Sequence[BookLine], now: datetime) -> bytes:
    if len(lines) > PDF_LINES_MAX:
        raise DomainError(
            "register.too_long", f"Bản PDF in được {PDF_LINES_MAX} dòng; sổ này dài hơn, xin xuất XLSX.", status=409
        )
    rules = RuleSet.objects.get(pk=rules_on(now.date()).ruleset_id)
    form = form_of(rules.forms, FormKind.REGISTER)
    head = FormHead(
        superior_name=unit.parent.name if unit.parent else settings.PORTAL_SUPERIOR_NAME,
        body_name=unit.desk_name or unit.name,
        form_name=form.name,
        form_no=form.number,
        number="",
        place=settings.PORTAL_PLACE,
        issued_at=local(now),
    )
    return render_register_sheet(
        RegisterSheetData(
            head=head,
            book_no=state.book_no.split("/")[0],
            year=state.year,
            lines=tuple(_printed(line) for line in lines),
            closing=_closing(state),
        )
    )


def _printed(line: BookLine) -> RegisterLine:
    return RegisterLine(
        line_no=str(line.line_no),
        dossier_code=line.code,
        procedure_name=line.procedure_name,
        applicant_name=line.applicant_name,
        address_phone=", ".join(filter(None, (line.address, line.phone))),
        settling_unit=line.settling_unit,
        received_at=datetime.fromisoformat(line.received_at),
        due_at=datetime.fromisoformat(line.due_at) if line.due_at else None,
        returned_at=datetime.fromisoformat(line.returned_at) if line.returned_at else None,
        result_method=line.result_method,
        signature_note=line.signature,
    )


def _closing(state: BookState) -> RegisterClosing | None:
    book = state.closed
    if book is None:
        return None
    return RegisterClosing(
        dossier_count=book.line_count,
        first_no="1",
        last_no=str(book.line_count),
        closed_at=local(book.closed_at),
        keeper=FormSigner("Người giữ sổ"),
        head_of_desk=FormSigner("Trưởng Bộ phận Một cửa", book.closed_by.full_name),
    )


_WRITERS: Mapping[str, Callable[[Unit, BookState, Sequence[BookLine], datetime], bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "pdf": _pdf,
}
