"""Thông báo dừng giải quyết hồ sơ (form 05, TT03-2025-D7; a letter in the same layout before it), A5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dossiers.documents.parts import FormApplicant, FormHead, FormSigner, render_form

TEMPLATE = Path(__file__).with_name("stop_notice.typ")


@dataclass(frozen=True)
class StopNoticeData:
    """Everything printed on the notice.

    `asked_at` is when the applicant asked to stop (None when nobody asked and the agency stops for `reason`);
    `returned_papers` are given back, `fee_note` says what becomes of money paid.
    """

    head: FormHead
    addressee: str
    applicant: FormApplicant
    dossier_code: str
    procedure_name: str
    accepted_at: datetime
    stopped_at: datetime
    reason: str
    signer: FormSigner
    asked_at: datetime | None = None
    returned_papers: tuple[str, ...] = ()
    fee_note: str = ""
    recipients: tuple[str, ...] = ()


def render_stop_notice(data: StopNoticeData) -> bytes:
    """The notice as PDF/A-2b, A5."""
    return render_form(TEMPLATE, data)
