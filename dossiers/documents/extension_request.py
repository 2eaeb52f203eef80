"""Phiếu đề nghị gia hạn: the settling unit asks the one-stop desk for a later date (ND61-2018-D19), A5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dossiers.documents.parts import FormApplicant, FormHead, FormSigner, render_form

TEMPLATE = Path(__file__).with_name("extension_request.typ")


@dataclass(frozen=True)
class ExtensionRequestData:
    """Everything printed on the slip. `head.body_name` asks, `addressee` is the one-stop desk.

    `due_at` is the date promised, `proposed_due_at` the one asked for; `done_so_far` says where the work stands.
    """

    head: FormHead
    addressee: str
    applicant: FormApplicant
    dossier_code: str
    procedure_name: str
    accepted_at: datetime
    due_at: datetime
    proposed_due_at: datetime
    reason: str
    signer: FormSigner
    done_so_far: str = ""
    recipients: tuple[str, ...] = ()


def render_extension_request(data: ExtensionRequestData) -> bytes:
    """The slip as PDF/A-2b, A5."""
    return render_form(TEMPLATE, data)
