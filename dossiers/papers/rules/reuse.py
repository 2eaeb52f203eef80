"""May a stored paper be used in place of a new one? (domain.md §7.5). The one answer for lists and for the act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dossiers.papers.constants import Basis, PaperState, SignatureState, Trust
from haddong_portal.common.dates import short_date


@dataclass(frozen=True, slots=True)
class Standing:
    """What the answer depends on. `file_whole`: its content was intact when last looked at; `consented`: its owner's
    consent to re-use is open."""

    state: str
    trust: str
    basis: str
    valid_to: date | None
    signature_state: str
    file_whole: bool
    consented: bool


@dataclass(frozen=True, slots=True)
class WhyNot:
    """A code and a sentence for the clerk."""

    code: str
    sentence: str


_STATES = {
    PaperState.PENDING: WhyNot("paper.pending", "Giấy tờ còn chờ kiểm tra, chưa dùng lại được."),
    PaperState.REPLACED: WhyNot("paper.replaced", "Giấy tờ đã bị thay thế bằng giấy tờ khác."),
    PaperState.REVOKED: WhyNot("paper.revoked", "Giấy tờ đã bị thu hồi."),
    PaperState.ERASED: WhyNot("paper.erased", "Giấy tờ đã được xóa khỏi kho."),
}
DAMAGED = WhyNot("paper.damaged", "Tệp trong kho bị hỏng hoặc bị mất, không dùng lại được.")
UNSIGNED = WhyNot("paper.unsigned", "Bản điện tử chưa được ký số nên chỉ có giá trị tham khảo.")
BAD_SIGNATURE = WhyNot("paper.bad_signature", "Chữ ký số trên bản điện tử không hợp lệ.")
NO_CONSENT = WhyNot("paper.no_consent", "Chủ giấy tờ chưa đồng ý hoặc đã rút đồng ý cho dùng lại.")


def why_not(standing: Standing, *, on: date, trust_min: str) -> WhyNot | None:
    """None when the paper may be used on that day; else the first ground against it, the gravest first."""
    if standing.state != PaperState.VALID:
        return _STATES[PaperState(standing.state)]
    if not standing.file_whole:
        return DAMAGED
    if standing.valid_to is not None and standing.valid_to < on:
        return WhyNot("paper.expired", f"Giấy tờ hết giá trị từ sau ngày {short_date(standing.valid_to)}.")
    if standing.signature_state not in (SignatureState.NONE, SignatureState.VALID):
        return BAD_SIGNATURE
    if Trust(standing.trust).rank < Trust(trust_min).rank:
        return UNSIGNED
    if standing.basis == Basis.CONSENT and not standing.consented:
        return NO_CONSENT
    return None
