"""Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (form 02): what is missing, once and completely (ND61-2018-D17), A5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dossiers.documents.parts import FormApplicant, FormHead, FormSigner, render_form

TEMPLATE = Path(__file__).with_name("supplement_slip.typ")


@dataclass(frozen=True)
class SupplementLine:
    """One paper asked for: how many originals, certified copies and plain copies, and what to mend or why."""

    name: str
    original_count: int = 0
    certified_count: int = 0
    copy_count: int = 0
    reason: str = ""


@dataclass(frozen=True)
class SupplementSlipData:
    """Everything printed on form 02, for a supplement of an accepted dossier or guidance before intake.

    `dossier_code` is empty before intake; `reason` is said of the whole; `contact_*` is whom to ask; `due_at` None
    prints no deadline; `guide` signs. `tracking_url` and `survey_url` empty print no code.
    """

    head: FormHead
    applicant: FormApplicant
    request: str
    lines: tuple[SupplementLine, ...]
    reason: str
    contact_name: str
    contact_phone: str
    guide: FormSigner
    dossier_code: str = ""
    procedure_code: str = ""
    due_at: datetime | None = None
    tracking_url: str = ""
    survey_url: str = ""


def render_supplement_slip(data: SupplementSlipData) -> bytes:
    """Form 02 as PDF/A-2b, A5; a long list runs on with its head repeated."""
    return render_form(TEMPLATE, data, tracking=data.tracking_url, survey=data.survey_url)
