"""What the forms share: the common head, the applicant, dates as the forms write them, codes as pictures.

Every form is a frozen dataclass of what is printed; names, numbers and suffixes of the forms are data (the rule-set's
`forms`), never in the templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from pathlib import Path

from haddong_portal.common.clock import local
from haddong_portal.common.documents.rendering import render_pdf
from haddong_portal.common.qr import qr_svg

CODE_LABELS = {
    "tracking": "Mã QR theo dõi hồ sơ",
    "survey": "Mã QR đánh giá phục vụ",
    "payment": "Mã QR thanh toán",
}


@dataclass(frozen=True)
class FormHead:
    """The common head of a form (domain "Common header").

    `superior_name` and `body_name` are the agency above and the one that issues; `form_name`, `form_no` ("02", empty
    for a paper the circular gives no number) and `number_suffix` ("PBS") come from the rule-set; `number` is the
    running number of the year without its suffix, empty for a book; `issued_at` is aware and prints beside `place`.
    """

    superior_name: str
    body_name: str
    form_name: str
    number: str
    place: str
    issued_at: datetime
    number_suffix: str = ""
    form_no: str = ""


@dataclass(frozen=True)
class FormApplicant:
    """The person or organisation a form is about; `personal_id` empty leaves its line out (forms before 2025)."""

    name: str
    personal_id: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class FormSigner:
    """Who signs: `title` as printed over the name, `acting_for` the line above it ("TM. ỦY BAN NHÂN DÂN", "KT. …")."""

    title: str
    name: str = ""
    acting_for: str = ""


def render_form(template: Path, data: object, **codes: str) -> bytes:
    """The form as PDF/A-2b. `codes` are QR texts by name (tracking, survey, payment); an empty text has no code."""
    return render_pdf(template, printed(data), images=code_pictures(codes))


def code_pictures(codes: Mapping[str, str]) -> dict[str, bytes]:
    """Each text as an SVG code under its name; empty texts are left out."""
    return {name: qr_svg(text, label=CODE_LABELS[name]).encode() for name, text in codes.items() if text}


def printed(data: object) -> dict[str, object]:
    """A dataclass as JSON values for its template.

    A moment becomes {"long", "short", "day", "date"}, a field ending in `_vnd` a text such as "1.000.000"; `head`
    also gets its `place_and_day`.
    """
    if not is_dataclass(data):
        raise TypeError(f"not a dataclass: {data!r}")
    values = {part.name: _value(part.name, getattr(data, part.name)) for part in fields(data)}
    if isinstance(data, FormHead):
        values["place_and_day"] = place_and_day(data.place, data.issued_at)
        values["number_suffix"] = with_stroke(data.number_suffix)
    return values


def with_stroke(suffix: str) -> str:
    """ "PBS" or "/PBS" as it follows a number: "/PBS"; nothing stays nothing."""
    return f"/{suffix.lstrip('/')}" if suffix else ""


def place_and_day(place: str, at: datetime) -> str:
    """ "Hà Đông, ngày 07 tháng 02 năm 2024"."""
    return f"{place}, {form_day(at)}"


def form_moment(at: datetime) -> str:
    """ "09 giờ 05 phút, ngày 07 tháng 02 năm 2024" in Vietnam time, as the official forms ask."""
    return f"{local(at):%H giờ %M phút}, {form_day(at)}"


def form_day(at: datetime) -> str:
    """ "ngày 07 tháng 02 năm 2024" in Vietnam time."""
    return f"{local(at):ngày %d tháng %m năm %Y}"


def dong(amount_vnd: int) -> str:
    """ "1.000.000", without the unit."""
    return f"{amount_vnd:,}".replace(",", ".")


def _value(name: str, value: object) -> object:
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, tuple):
        return [_value(name, item) for item in value]
    if is_dataclass(value):
        return printed(value)
    if isinstance(value, int) and name.endswith("_vnd"):
        return dong(value)
    return value


def _moment(at: datetime) -> dict[str, str]:
    here = local(at)
    return {
        "long": form_moment(at),
        "day": form_day(at),
        "short": f"{here:%H:%M %d/%m/%Y}",
        "date": f"{here:%d/%m/%Y}",
        "clock": f"{here:%H giờ %M phút, ngày %d/%m/%Y}",
    }
