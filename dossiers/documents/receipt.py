"""Giấy tiếp nhận hồ sơ và hẹn trả kết quả (form 01, TT 01/2018/TT-VPCP), A5.

Fields follow the form; `applicant_id` and the representative belong to the form of 2025 and are left out when empty.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from haddong_portal.common.clock import local
from haddong_portal.common.documents.rendering import render_pdf
from haddong_portal.common.qr import qr_svg

TEMPLATE = Path(__file__).with_name("receipt.typ")


@dataclass(frozen=True)
class ReceiptComponent:
    """One line of what was handed in. `electronic` marks a paper received as a file or reused from the store."""

    name: str
    original_count: int = 0
    copy_count: int = 0
    electronic: bool = False
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
class ReceiptData:
    """Everything printed on the receipt, as text to be shown; moments are aware.

    `number` is the receipt's running number without its suffix; `due_at` None prints that the date will be notified;
    `tracking_url` goes into the QR code, `tracking_hint` is the address people can type.
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


def render_receipt(data: ReceiptData) -> bytes:
    """The receipt as a PDF/A-2b of one A5 page, more when the list of papers is long."""
    fields = {
        **asdict(data),
        "components": [_component_line(component) for component in data.components],
        "fees": [_fee_line(fee) for fee in data.fees],
        "accepted_at": form_moment(data.accepted_at),
        "due_explanation": [line.rstrip(" .;") for line in data.due_explanation],
        "due_at": form_moment(data.due_at) if data.due_at else "",
        "place_and_day": f"{data.place}, {form_day(data.accepted_at)}",
        "signed_by": data.representative.full_name if data.representative else data.applicant_name,
    }
    tracking = qr_svg(data.tracking_url, label=f"Mã QR theo dõi hồ sơ {data.dossier_code}")
    return render_pdf(TEMPLATE, fields, images={"tracking": tracking.encode()})


def form_moment(at: datetime) -> str:
    """ "09 giờ 05 phút, ngày 07 tháng 02 năm 2024" in Vietnam time, as the official forms ask."""
    return f"{local(at):%H giờ %M phút}, {form_day(at)}"


def form_day(at: datetime) -> str:
    """ "ngày 07 tháng 02 năm 2024" in Vietnam time."""
    return f"{local(at):ngày %d tháng %m năm %Y}"


def _component_line(component: ReceiptComponent) -> dict[str, str]:
    counts = [
        f"{count:02d} {kind}"
        for count, kind in ((component.original_count, "bản chính"), (component.copy_count, "bản sao"))
        if count
    ]
    if component.electronic:
        counts.append("bản điện tử")
    return {"name": component.name, "counts": ", ".join(counts), "note": component.note}


def _fee_line(fee: ReceiptFee) -> str:
    amount = "" if fee.amount_vnd is None else f"{fee.amount_vnd:,} đồng".replace(",", ".")
    if fee.amount_vnd == 0:
        amount = "không thu"
    told = f"{amount} ({fee.note})" if amount and fee.note else amount or fee.note or "theo quy định"
    return f"{fee.label}: {told}"
