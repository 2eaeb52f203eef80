"""Giấy tiếp nhận hồ sơ và hẹn trả kết quả (form 01, TT 01/2018/TT-VPCP), A5.

Fields follow the form; `applicant_id` and the representative belong to the form of 2025 and are left out when empty.
The residence procedures' CT04 has the same fields under another number and name, which the rule-set gives.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from dossiers.documents.parts import code_pictures, dong, form_day, form_moment, place_and_day, with_stroke
from haddong_portal.common.documents.rendering import render_on_one_page

TEMPLATE = Path(__file__).with_name("receipt.typ")


@dataclass(frozen=True)
class ReceiptComponent:
    """One line of what was handed in. `electronic`: received as a file; `held`: reused from the store."""

    name: str
    original_count: int = 0
    copy_count: int = 0
    electronic: bool = False
    held: bool = False
    note: str = ""


@dataclass(frozen=True)
class ReceiptFee:
    """A fee (phí) or duty (lệ phí); `amount_vnd` None means that the amount is set by others and `note` says how."""

    label: str
    amount_vnd: int | None = None
    note: str = ""


@dataclass(frozen=True)
class ReceiptRepresentative:
    """Who files for the applicant, and by which paper."""

    full_name: str
    personal_id: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    authority: str = ""


@dataclass(frozen=True)
class ReceiptPayment:
    """How to pay what is owed by transfer: `payload` is the VietQR text, the rest is printed beside its code."""

    payload: str
    bank_name: str
    account_number: str
    account_name: str
    amount_vnd: int
    content: str


@dataclass(frozen=True)
class ReceiptReissue:
    """A new receipt in place of one handed out: the how-manieth time, the number replaced, and why."""

    times: int
    replaced_number: str
    reason: str


@dataclass(frozen=True)
class ReceiptData:
    """Everything printed on the receipt, as text to be shown; moments are aware.

    `number` is the receipt's running number of the year without its suffix; `issued_at` dates the paper (None: the
    moment of acceptance); `due_at` None prints that the date will be notified; `tracking_url` goes into the QR code,
    `tracking_hint` is the address people can type; `survey_url` and `payment` empty print no code. `form_name`,
    `form_no` and `number_suffix` come from the rule-set.
    """

    superior_name: str
    desk_name: str
    number: str
    place: str
    dossier_code: str
    applicant_name: str
    request: str
    procedure_code: str
    components: tuple[ReceiptComponent, ...]
    limit_text: str
    accepted_at: datetime
    due_at: datetime | None
    result_delivery: str
    book_no: str
    line_no: str
    clerk_name: str
    tracking_url: str
    tracking_hint: str
    applicant_id: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    representative: ReceiptRepresentative | None = None
    set_count: int = 1
    due_explanation: tuple[str, ...] = ()
    fees: tuple[ReceiptFee, ...] = ()
    number_suffix: str = "BPTNTKQ"
    hotline: str = ""
    form_name: str = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    form_no: str = ""
    issued_at: datetime | None = None
    reissue: ReceiptReissue | None = None
    payment: ReceiptPayment | None = None
    survey_url: str = ""


def render_receipt(data: ReceiptData) -> bytes:
    """The receipt as a PDF/A-2b of one A5 page, set closer where that is enough; more pages when the list of papers is
    long, the last of them with promise, signatures and codes together."""
    pictures = code_pictures(
        {
            "tracking": data.tracking_url,
            "survey": data.survey_url,
            "payment": data.payment.payload if data.payment else "",
        }
    )
    return render_on_one_page(TEMPLATE, _fields(data), images=pictures)


def _fields(data: ReceiptData) -> dict[str, object]:
    """The receipt as JSON values."""
    issued_at = data.issued_at or data.accepted_at
    return {
        **asdict(data),
        "components": [_component_line(component) for component in data.components],
        "fees": [_fee_line(fee) for fee in data.fees],
        "payment": _payment(data.payment),
        "issued_at": form_day(issued_at),
        "accepted_at": form_moment(data.accepted_at),
        "due_explanation": [line.rstrip(" .;") for line in data.due_explanation],
        "due_at": form_moment(data.due_at) if data.due_at else "",
        "number_suffix": with_stroke(data.number_suffix),
        "place_and_day": place_and_day(data.place, issued_at),
        "signed_by": data.representative.full_name if data.representative else data.applicant_name,
    }


def _payment(payment: ReceiptPayment | None) -> dict[str, object] | None:
    if payment is None:
        return None
    return {**asdict(payment), "amount": f"{dong(payment.amount_vnd)} đồng"}


def _component_line(component: ReceiptComponent) -> dict[str, str]:
    counts = [
        f"{count:02d} {kind}"
        for count, kind in ((component.original_count, "bản chính"), (component.copy_count, "bản sao"))
        if count
    ]
    if component.electronic:
        counts.append("đã có bản điện tử" if component.held else "bản điện tử")
    return {"name": component.name.rstrip(" .;:,"), "counts": ", ".join(counts), "note": component.note}


def _fee_line(fee: ReceiptFee) -> str:
    amount = "" if fee.amount_vnd is None else f"{dong(fee.amount_vnd)} đồng"
    if fee.amount_vnd == 0:
        amount = "không thu"
    told = f"{amount} ({fee.note})" if amount and fee.note else amount or fee.note or "theo quy định"
    return f"{fee.label}: {told}"
