"""Giấy tiếp nhận hồ sơ và hẹn trả kết quả of a linked case: one paper, one code, one date per leg (NĐ 63/2024), A5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dossiers.documents.parts import FormApplicant, FormHead, render_form

TEMPLATE = Path(__file__).with_name("linked_receipt.typ")


@dataclass(frozen=True)
class PromisedLeg:
    """One agency's part: `due_at` None prints `waits_for`, what its limit starts from; `code` is its dossier's."""

    name: str
    agency: str
    limit_text: str
    due_at: datetime | None = None
    waits_for: str = ""
    code: str = ""


@dataclass(frozen=True)
class TakenPaper:
    """One paper of the checklist, and in what shape the desk has it."""

    name: str
    how: str


@dataclass(frozen=True)
class LinkedReceiptData:
    """Everything printed. `subject` is whom the case is about; `confirmations` are agreements still asked for.

    `group_due_at` None prints that the date will be told; `explanation` says how it was reckoned.
    """

    head: FormHead
    case_code: str
    applicant: FormApplicant
    request: str
    procedure_code: str
    subject: str
    papers: tuple[TakenPaper, ...]
    legs: tuple[PromisedLeg, ...]
    confirmations: tuple[str, ...]
    accepted_at: datetime
    group_due_at: datetime | None
    explanation: tuple[str, ...]
    delivery: str
    clerk_name: str
    tracking_url: str
    tracking_hint: str
    hotline: str = ""


def render_linked_receipt(data: LinkedReceiptData) -> bytes:
    """The receipt as PDF/A-2b of one A5 page, more when lists are long."""
    return render_form(TEMPLATE, data, tracking=data.tracking_url)
