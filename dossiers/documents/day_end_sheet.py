"""Bảng đối soát cuối ngày: what one clerk took in, gave back and collected on one day, A4."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dossiers.documents.parts import FormHead, FormSigner, render_form

TEMPLATE = Path(__file__).with_name("day_end_sheet.typ")


@dataclass(frozen=True)
class DayCount:
    """A count of the day: "Hồ sơ tiếp nhận trực tiếp" 12."""

    label: str
    count: int
    note: str = ""


@dataclass(frozen=True)
class DayPayment:
    """One sum collected. `kind` is "Phí" or "Lệ phí", `method` cash or transfer; a voided line says so in `note`."""

    receipt_no: str
    dossier_code: str
    payer_name: str
    kind: str
    method: str
    amount_vnd: int
    paid_at: datetime
    note: str = ""


@dataclass(frozen=True)
class DayTotal:
    """A sum by kind and method, as the books have it."""

    kind: str
    method: str
    receipt_count: int
    amount_vnd: int


@dataclass(frozen=True)
class DayEndSheetData:
    """Everything printed. Sums are the caller's: the paper adds nothing up.

    `expected_vnd` is what the books say was collected, `handed_in_vnd` what was counted, `difference_vnd` the second
    minus the first; `difference_reason` is asked for when it is not 0.
    """

    head: FormHead
    clerk_name: str
    day: datetime
    counts: tuple[DayCount, ...]
    totals: tuple[DayTotal, ...]
    payments: tuple[DayPayment, ...]
    expected_vnd: int
    handed_in_vnd: int
    difference_vnd: int
    clerk: FormSigner
    cashier: FormSigner
    head_of_desk: FormSigner
    difference_reason: str = ""


def render_day_end_sheet(data: DayEndSheetData) -> bytes:
    """The sheet as PDF/A-2b, A4; the list of receipts runs on over pages."""
    return render_form(TEMPLATE, data)
