"""Phiếu kiểm soát quá trình giải quyết hồ sơ (TT01-2018-D9: form 05; TT03-2025: 06): a report over the steps, A5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dossiers.documents.parts import FormHead, render_form

TEMPLATE = Path(__file__).with_name("control_sheet.typ")


@dataclass(frozen=True)
class HandOverRow:
    """One hand-over. The result is the receiver's judgement of the sender: "trước hạn", "đúng hạn" or "quá hạn".

    `received_at` and `receiver_name` are empty while nobody has taken it; `result` empty when nothing is judged (the
    first row leaves the one-stop desk, the last comes back to it).
    """

    from_unit: str
    to_unit: str
    handed_at: datetime
    giver_name: str
    received_at: datetime | None = None
    receiver_name: str = ""
    result: str = ""
    note: str = ""


@dataclass(frozen=True)
class ControlSheetData:
    """Everything printed on the sheet: the head of domain §2, then a row for each hand-over in order."""

    head: FormHead
    dossier_code: str
    settling_unit: str
    accepted_at: datetime
    due_at: datetime | None
    rows: tuple[HandOverRow, ...]
    partner_units: str = ""


def render_control_sheet(data: ControlSheetData) -> bytes:
    """The sheet as PDF/A-2b, A5; the table's head comes again on each page."""
    return render_form(TEMPLATE, data)
