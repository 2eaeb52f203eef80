"""Phiếu từ chối (form 03; CT06 for residence): why a dossier is not taken in, or not settled, A5."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dossiers.documents.parts import FormApplicant, FormHead, FormSigner, render_form

TEMPLATE = Path(__file__).with_name("refusal.typ")


class RefusalKind(StrEnum):
    """Before intake (a refusal to take in), or after it (a refusal as the result)."""

    INTAKE = "intake"
    SETTLEMENT = "settlement"


@dataclass(frozen=True)
class RefusalData:
    """Everything printed on form 03 or CT06.

    `kind` chooses the sentence; `dossier_code` is empty when there is none; `reasons` print one a line, `legal_basis`
    under them; `applicant_signer` and `clerk` sign (a refusal as a result may carry `clerk` of the agency's head).
    """

    head: FormHead
    kind: RefusalKind
    applicant: FormApplicant
    request: str
    reasons: tuple[str, ...]
    clerk: FormSigner
    applicant_signer: FormSigner
    dossier_code: str = ""
    procedure_code: str = ""
    legal_basis: str = ""
    survey_url: str = ""


def render_refusal(data: RefusalData) -> bytes:
    """Form 03 (or CT06: the head says which) as PDF/A-2b, A5."""
    return render_form(TEMPLATE, data, survey=data.survey_url)
