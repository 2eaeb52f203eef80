"""What comes in with a paper: what is printed on it, and its file as checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dossiers.papers.constants import LIVE, Basis, OwnerRef, PaperSource, PaperState, SignatureState, Trust
from dossiers.papers.models import Paper, PaperType
from dossiers.papers.rules.validity import last_valid_day
from haddong_portal.common.crypto.blind_index import blind_index
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import clean_text

NUMBER_LENGTH_MAX, ISSUER_LENGTH_MAX, FIELD_LENGTH_MAX = 100, 250, 500


@dataclass(frozen=True, slots=True)
class PaperData:
    """What is printed on a paper. `valid_to` None: by its type from the day of issue. `fields`: key → text as typed."""

    owner: OwnerRef
    type_code: str
    source: str
    trust: str
    number: str = ""
    issuer_name: str = ""
    issuer_unit_id: int | None = None
    issued_on: date | None = None
    valid_to: date | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    basis: str = Basis.LAW


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file that was checked (common.files): `shown` is what people see, the original itself when it was clean."""

    original: bytes
    shown: bytes
    content_type: str
    page_count: int
    image_count: int
    sha256: str
    page_count_declared: int | None = None
    signature_state: str = SignatureState.NONE
    signature: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    scanner: str = ""
    note_pair_of_id: int | None = None


def paper_type_of(code: str) -> PaperType:
    """The type of a code; DomainError paper.unknown_type."""
    found = PaperType.objects.filter(code=code).first()
    if found is None:
        raise DomainError("paper.unknown_type", "Không có loại giấy tờ này trong danh mục.", "type_code")
    return found


def check_data(data: PaperData, kind: PaperType, content: FileContent | None = None) -> None:
    """Shape and meaning of what is printed. Raises DomainError paper.number_long, .issuer_long, .dates, .unknown_field,
    .field_long, .not_signed, .never_kept."""
    if len(data.number) > NUMBER_LENGTH_MAX:
        raise DomainError("paper.number_long", f"Số giấy tờ dài nhất {NUMBER_LENGTH_MAX} ký tự.", "number")
    if len(data.issuer_name) > ISSUER_LENGTH_MAX:
        raise DomainError("paper.issuer_long", f"Tên cơ quan cấp dài nhất {ISSUER_LENGTH_MAX} ký tự.", "issuer_name")
    if data.valid_to and data.issued_on and data.valid_to < data.issued_on:
        raise DomainError("paper.dates", "Ngày hết giá trị phải sau ngày cấp.", "valid_to")
    known = {one["key"]: one["label"] for one in kind.fields}
    for key, text in data.fields.items():
        if key not in known:
            raise DomainError("paper.unknown_field", "Loại giấy tờ này không có mục vừa nhập.", key)
        if len(text) > FIELD_LENGTH_MAX:
            raise DomainError("paper.field_long", f"“{known[key]}” dài nhất {FIELD_LENGTH_MAX} ký tự.", key)
    if content is not None:
        check_signed(data.trust, content.signature_state)


def check_signed(trust: str, signature_state: str) -> None:
    """A paper counts as signed only when its signature was found valid: DomainError paper.not_signed."""
    if Trust(trust).rank >= Trust.SIGNED_DIGITISED.rank and signature_state != SignatureState.VALID:
        raise DomainError("paper.not_signed", "Tệp chưa có chữ ký số hợp lệ nên không thể ghi là đã ký số.", "trust")


def printed_columns(data: PaperData, kind: PaperType) -> dict[str, Any]:
    """The columns that say what is printed on the paper."""
    return {
        "number": clean_text(data.number),
        "issuer_name": clean_text(data.issuer_name),
        "issuer_unit_id": data.issuer_unit_id,
        "issued_on": data.issued_on,
        "valid_to": data.valid_to or last_valid_day(data.issued_on, kind.valid_months),
        "fields": json.dumps(dict(data.fields), ensure_ascii=False) if data.fields else "",
        "trust": data.trust,
        "basis": data.basis,
    }


def state_of(trust: str) -> PaperState:
    """What only its bearer says waits until somebody compared it."""
    return PaperState.PENDING if trust == Trust.DECLARED else PaperState.VALID


def same_number(data: PaperData, kind: PaperType) -> Paper | None:
    """A live paper of the same owner, type and number, whose day is the same or unknown; None without a number."""
    index = blind_index(data.number, "paper_number")
    if not index:
        return None
    rows = Paper.objects.of(data.owner).filter(type=kind, number_index=index, state__in=LIVE).order_by("id")
    return next(
        (one for one in rows if None in (one.issued_on, data.issued_on) or one.issued_on == data.issued_on), None
    )


__all__ = ["FileContent", "OwnerRef", "PaperData", "PaperSource", "Trust"]
