"""The result that a case of the demo ends with: a small real PDF that says it is only a demonstration."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from haddong_portal.common.documents.rendering import render_pdf

TEMPLATE = Path(__file__).with_name("result.typ")


def result_pdf(
    *, code: str, number: str, name: str, procedure: str, applicant: str, unit: str, signer: str, officer: str, on: date
) -> bytes:
    """One page A4."""
    return render_pdf(
        TEMPLATE,
        {
            "dossier_code": code,
            "number": number,
            "name": name,
            "procedure_name": procedure,
            "applicant_name": applicant,
            "superior_name": "Ủy ban nhân dân thành phố Hà Nội" if unit.startswith("Ủy ban") else "UBND quận Hà Đông",
            "unit_name": unit,
            "signer_name": signer,
            "officer_name": officer,
            "place_and_day": f"Hà Đông, ngày {on:%d} tháng {on:%m} năm {on:%Y}",
        },
    )
