"""Phiếu lấy ý kiến: one unit asks another for its opinion by a day of its own (ND61-2018-D19), A5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dossiers.documents.parts import FormApplicant, FormHead, FormSigner, render_form

TEMPLATE = Path(__file__).with_name("consultation_request.typ")


@dataclass(frozen=True)
class ConsultationRequestData:
    """Everything printed on the slip: `addressee` is asked `content` and answers before `answer_due_at`.

    `attachments` go with it; `answer_to` says where the answer is sent (desk, phone, mailbox).
    """

    head: FormHead
    addressee: str
    applicant: FormApplicant
    dossier_code: str
    procedure_name: str
    due_at: datetime | None
    content: str
    answer_due_at: datetime
    signer: FormSigner
    attachments: tuple[str, ...] = ()
    answer_to: str = ""
    recipients: tuple[str, ...] = ()


def render_consultation_request(data: ConsultationRequestData) -> bytes:
    """The slip as PDF/A-2b, A5."""
    return render_form(TEMPLATE, data)
