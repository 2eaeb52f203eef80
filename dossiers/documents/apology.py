"""Phiếu xin lỗi và hẹn lại ngày trả kết quả (form 04, ND61-2018-D19), signed by the agency's head, A5.

Two variants without a new date: an apology for a result to be corrected, and for papers lost (ND61-2018-D21).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from dossiers.documents.parts import FormApplicant, FormHead, FormSigner, render_form

TEMPLATE = Path(__file__).with_name("apology.typ")


class ApologyKind(StrEnum):
    """Late with a new date, wrong result, wrong words in dossier or slips, or lost papers."""

    NEW_DATE = "new_date"
    CORRECTION = "correction"
    RECORD = "record"
    LOST_PAPERS = "lost_papers"


@dataclass(frozen=True)
class ApologyData:
    """Everything printed on form 04.

    `addressee` follows "Kính gửi" (usually the applicant); `due_at` is the date promised first, `new_due_at` the new
    one, needed by NEW_DATE only; `remedy` says what will be done and `cost` who bears the cost, for the other kinds.
    """

    head: FormHead
    kind: ApologyKind
    addressee: str
    applicant: FormApplicant
    dossier_code: str
    procedure_name: str
    accepted_at: datetime
    due_at: datetime | None
    reason: str
    signer: FormSigner
    new_due_at: datetime | None = None
    remedy: str = ""
    cost: str = ""
    recipients: tuple[str, ...] = ()


def render_apology(data: ApologyData) -> bytes:
    """Form 04 as PDF/A-2b, A5. Raises ValueError when NEW_DATE has no new date."""
    if data.kind == ApologyKind.NEW_DATE and data.new_due_at is None:
        raise ValueError("an apology with a new date needs the date")
    return render_form(TEMPLATE, data)
