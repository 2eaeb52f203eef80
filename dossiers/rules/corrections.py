"""What of a dossier may be put right with a trace (T16), and what such a correction must say (NĐ 61/2018 art. 21)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dossiers.constants import MistakeBy
from haddong_portal.common.errors import DomainError

LEGAL_KEY = "ND61-2018-D21"


@dataclass(frozen=True, slots=True)
class CorrectableField:
    """One word or number typed at intake. `printed` = it stands on the receipt, which is then issued anew."""

    label: str
    length_max: int
    printed: bool = True
    may_be_empty: bool = True


FIELDS: Mapping[str, CorrectableField] = MappingProxyType(
    {
        "applicant_name": CorrectableField("tên người nộp", 250, may_be_empty=False),
        "personal_id": CorrectableField("số định danh người nộp", 12, may_be_empty=False),
        "tax_code": CorrectableField("mã số thuế", 14, may_be_empty=False),
        "applicant_address": CorrectableField("địa chỉ người nộp", 300),
        "phone": CorrectableField("điện thoại liên hệ", 20),
        "email": CorrectableField("thư điện tử", 120),
        "request_note": CorrectableField("nội dung yêu cầu", 500),
        "representative_relation": CorrectableField("giấy ủy quyền, quan hệ", 120),
        "delivery_address": CorrectableField("địa chỉ nhận kết quả", 300),
    }
)


# Numbers of the applicant's record, no columns of the dossier: the one of a person, the other of an organisation.
PERSONAL_ID, TAX_CODE = "personal_id", "tax_code"


def check_correction(*, reason: str, mistake_by: str) -> None:
    """DomainError correction.reason_missing or correction.mistake_by."""
    if not reason.strip():
        raise DomainError("correction.reason_missing", "Phải ghi lý do đính chính.", "reason")
    if mistake_by not in MistakeBy.values:
        raise DomainError("correction.mistake_by", "Phải ghi sai sót do ai.", "mistake_by")


def checked_field(name: str, old: str, new: str) -> CorrectableField:
    """The field; DomainError correction.unknown_field, .empty, .too_long or .same_value."""
    spec = FIELDS.get(name)
    if spec is None:
        raise DomainError("correction.unknown_field", "Mục này không đính chính ở đây.", "field")
    if not new and not spec.may_be_empty:
        raise DomainError("correction.empty", f"Mục {spec.label} không được để trống.", "new_value")
    if len(new) > spec.length_max:
        raise DomainError("correction.too_long", f"Mục {spec.label} dài nhất {spec.length_max} ký tự.", "new_value")
    if new == old:
        raise DomainError("correction.same_value", "Nội dung mới giống nội dung đang ghi.", "new_value")
    return spec
