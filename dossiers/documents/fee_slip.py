"""Phiếu thu: the desk's own slip for a fee or duty paid, A5 on its side. It is not the treasury's official receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dossiers.documents.parts import FormHead, FormSigner, render_form

TEMPLATE = Path(__file__).with_name("fee_slip.typ")


@dataclass(frozen=True)
class FeeSlipLine:
    """One thing paid for: "Lệ phí đăng ký kết hôn", its amount in đồng, a note on exemption or copies."""

    label: str
    amount_vnd: int
    note: str = ""


@dataclass(frozen=True)
class FeeSlipData:
    """Everything printed. `total_vnd` and `total_in_words` are the caller's; `receipt_no` is the official receipt's.

    `method` is cash or transfer, `reference` the transfer's own number.
    """

    head: FormHead
    payer_name: str
    dossier_code: str
    procedure_name: str
    lines: tuple[FeeSlipLine, ...]
    total_vnd: int
    total_in_words: str
    method: str
    paid_at: datetime
    payer: FormSigner
    collector: FormSigner
    payer_address: str = ""
    receipt_no: str = ""
    reference: str = ""


def render_fee_slip(data: FeeSlipData) -> bytes:
    """The slip as PDF/A-2b, A5 landscape."""
    return render_form(TEMPLATE, data)
