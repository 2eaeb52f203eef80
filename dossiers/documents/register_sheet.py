"""Sổ theo dõi hồ sơ (TT01-2018-D10; form 06, under TT03-2025 07), A4 landscape: a range of lines of one year's book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dossiers.documents.parts import FormHead, FormSigner, render_form

TEMPLATE = Path(__file__).with_name("register_sheet.typ")


@dataclass(frozen=True)
class RegisterLine:
    """One line of the book. Moments are aware; `returned_at` None leaves the cell empty, as does `signature_note`.

    `address_phone` holds address and telephone; `result_method` how the result is received.
    """

    line_no: str
    dossier_code: str
    procedure_name: str
    applicant_name: str
    address_phone: str
    settling_unit: str
    received_at: datetime
    due_at: datetime | None = None
    returned_at: datetime | None = None
    result_method: str = ""
    signature_note: str = ""


@dataclass(frozen=True)
class RegisterClosing:
    """The closing line of a book: how many dossiers, from which number to which, on what day, who closes it."""

    dossier_count: int
    first_no: str
    last_no: str
    closed_at: datetime
    keeper: FormSigner
    head_of_desk: FormSigner


@dataclass(frozen=True)
class RegisterSheetData:
    """Everything printed: `book_no` "01", `year`, the lines asked for, and the closing once the book is closed."""

    head: FormHead
    book_no: str
    year: int
    lines: tuple[RegisterLine, ...]
    closing: RegisterClosing | None = None


def render_register_sheet(data: RegisterSheetData) -> bytes:
    """The range as PDF/A-2b, A4 landscape; the table's head comes again on each page."""
    return render_form(TEMPLATE, data)
