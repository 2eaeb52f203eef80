"""Danh sách bàn giao hồ sơ: what one unit hands to another at one time, A4."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dossiers.documents.parts import FormHead, FormSigner, render_form

TEMPLATE = Path(__file__).with_name("delivery_list.typ")


@dataclass(frozen=True)
class DeliveryLine:
    """One dossier handed over; `papers` says what goes along ("05 giấy tờ; bản điện tử")."""

    dossier_code: str
    procedure_name: str
    applicant_name: str
    due_at: datetime | None = None
    papers: str = ""
    note: str = ""


@dataclass(frozen=True)
class DeliveryListData:
    """Everything printed: from which unit to which, when, by what way, and who signs on both sides."""

    head: FormHead
    from_unit: str
    to_unit: str
    handed_at: datetime
    lines: tuple[DeliveryLine, ...]
    giver: FormSigner
    receiver: FormSigner
    carrier: str = ""
    reason: str = ""


def render_delivery_list(data: DeliveryListData) -> bytes:
    """The list as PDF/A-2b, A4; the table's head comes again on each page."""
    return render_form(TEMPLATE, data)
