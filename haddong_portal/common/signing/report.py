"""What verifying a PDF's signatures came to, in words for people and as JSON for the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class SignatureState(StrEnum):
    """The whole file in one word; only VALID is proof."""

    NONE = "NONE"
    VALID = "VALID"
    INVALID = "INVALID"
    UNTRUSTED = "UNTRUSTED"
    PARTIAL = "PARTIAL"


SENTENCES = {
    "": "",
    "signing.altered": "Nội dung tệp đã bị sửa sau khi ký.",
    "signing.broken": "Chữ ký số hỏng hoặc không đúng định dạng.",
    "signing.changed_after": "Sau chữ ký có phần sửa đổi mà người ký không cho phép.",
    "signing.not_whole": "Chữ ký không bao trùm toàn bộ tệp: có phần được thêm sau khi ký.",
    "signing.unknown_authority": "Chứng thư số không do tổ chức mà cổng này tin cậy cấp.",
    "signing.not_yet_valid": "Chứng thư số chưa có hiệu lực vào lúc ký.",
    "signing.expired": "Chứng thư số đã hết hạn vào lúc ký.",
    "signing.revoked": "Chứng thư số đã bị thu hồi.",
    "signing.time_in_future": "Thời điểm ký ghi trong tệp muộn hơn hiện tại.",
    "signing.wrong_use": "Chứng thư số không được cấp để ký văn bản.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSignature:
    """One signature. `code` is empty when nothing speaks against it, else a key of SENTENCES.

    `whole_file` holds for the last signature when nothing follows it, and for an earlier one when only permitted
    changes (further signatures, proofs for the archive) follow. `time_trusted`: a time-stamping authority vouches for
    `signed_at`; otherwise the signer says so. `is_demo`: trusted only through the demo's own authority.
    """

    field: str
    intact: bool
    trusted: bool
    whole_file: bool
    signer: str
    unit: str
    signed_at: datetime | None
    time_trusted: bool = False
    is_demo: bool = False
    reason: str = ""
    contact: str = ""
    code: str = ""

    @property
    def why_not(self) -> str:
        """The sentence of `code`."""
        return SENTENCES[self.code]

    @property
    def valid(self) -> bool:
        """Intact, of a trusted signer, and over the whole file."""
        return self.intact and self.trusted and self.whole_file

    def as_json(self) -> dict[str, Any]:
        """For a JSON column: no personal data but the signer's own name on the certificate."""
        return {
            "field": self.field,
            "intact": self.intact,
            "trusted": self.trusted,
            "whole_file": self.whole_file,
            "signer": self.signer,
            "unit": self.unit,
            "signed_at": self.signed_at.isoformat() if self.signed_at else None,
            "time_trusted": self.time_trusted,
            "is_demo": self.is_demo,
            "reason": self.reason,
            "code": self.code,
            "why_not": self.why_not,
        }


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """All signatures of a file in the order they were made."""

    state: SignatureState
    signatures: tuple[OneSignature, ...]
    checked_at: datetime

    @property
    def last(self) -> OneSignature | None:
        """The signature that speaks for the file: the latest."""
        return self.signatures[-1] if self.signatures else None

    @property
    def why_not(self) -> str:
        """Why the file proves nothing; empty when it does."""
        if self.state == SignatureState.NONE:
            return "Tệp không có chữ ký số."
        return next((each.why_not for each in self.signatures if each.code), "")

    def as_json(self) -> dict[str, Any]:
        """For a JSON column."""
        return {
            "state": self.state.value,
            "checked_at": self.checked_at.isoformat(),
            "signatures": [each.as_json() for each in self.signatures],
        }


def state_of(signatures: tuple[OneSignature, ...]) -> SignatureState:
    """The worst that is said of any signature decides."""
    if not signatures:
        return SignatureState.NONE
    if not all(each.intact for each in signatures):
        return SignatureState.INVALID
    if not all(each.whole_file for each in signatures):
        return SignatureState.PARTIAL
    if not all(each.trusted for each in signatures):
        return SignatureState.UNTRUSTED
    return SignatureState.VALID
