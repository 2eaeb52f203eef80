"""What verifying a paper comes to: one outcome for the colour of the page, and each thing that was checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dossiers.papers.constants import PaperState
from haddong_portal.common.dates import short_date
from haddong_portal.common.signing.report import OneSignature, SignatureReport, SignatureState
from haddong_portal.common.signing.stamps import time_text


class Outcome(StrEnum):
    """GENUINE: issued by us and in force. ENDED: issued by us, no longer in force. SIGNED: somebody trusted signed it,
    and we do not keep it. TAMPERED: not what was signed. UNPROVEN: nothing speaks for it."""

    GENUINE = "genuine"
    ENDED = "ended"
    SIGNED = "signed"
    TAMPERED = "tampered"
    UNPROVEN = "unproven"


TITLES = {
    Outcome.GENUINE: "Giấy tờ này là thật",
    Outcome.ENDED: "Giấy tờ này không còn giá trị",
    Outcome.SIGNED: "Chữ ký số trên tệp này hợp lệ",
    Outcome.TAMPERED: "Tệp này không phải bản đã ký",
    Outcome.UNPROVEN: "Không xác nhận được tệp này",
}
SENTENCES = {
    Outcome.GENUINE: "Cơ quan nhà nước đã cấp và giấy tờ đang có giá trị.",
    Outcome.ENDED: "Cơ quan nhà nước đã cấp nhưng giấy tờ đã bị thu hồi, được thay thế hoặc hết hạn.",
    Outcome.SIGNED: "Tệp chưa bị sửa từ khi ký. Cổng này không lưu giấy tờ đó, nên không biết đã bị thu hồi hay chưa.",
    Outcome.TAMPERED: "Xin không dùng tệp này và hỏi lại cơ quan ghi trên giấy tờ.",
    Outcome.UNPROVEN: "Tệp không có gì chứng minh ai đã cấp. Điều đó chưa có nghĩa giấy tờ là giả: "
    "xin kiểm tra bằng mã in trên giấy hoặc hỏi cơ quan cấp.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: `good` None when it could not be."""

    label: str
    good: bool | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an issued paper stands."""

    state: PaperState
    is_current: bool
    valid_to: date | None
    revoked_at: datetime | None
    revoked_reason: str
    replaced_at: datetime | None

    def finding(self, on: date) -> Finding:
        """Whether it is in force that day, and since when not."""
        if self.state == PaperState.REVOKED:
            day = f"Thu hồi ngày {short_date(self.revoked_at)}." if self.revoked_at else "Đã thu hồi."
            return Finding("Hiệu lực", False, f"{day} Lý do: {self.revoked_reason}")
        if self.state == PaperState.REPLACED or not self.is_current:
            day = f" ngày {short_date(self.replaced_at)}" if self.replaced_at else ""
            return Finding("Hiệu lực", False, f"Được thay bằng bản khác{day}.")
        if self.valid_to is not None and self.valid_to < on:
            return Finding("Hiệu lực", False, f"Hết giá trị từ sau ngày {short_date(self.valid_to)}.")
        return Finding("Hiệu lực", True, "Chưa bị thu hồi, chưa bị thay thế.")


def outcome_of_paper(standing: Standing, on: date, *, file_whole: bool) -> Outcome:
    """By its code: what the register says; a damaged file proves nothing."""
    if not file_whole:
        return Outcome.UNPROVEN
    return Outcome.GENUINE if standing.finding(on).good else Outcome.ENDED


def outcome_of_file(report: SignatureReport, standing: Standing | None, on: date, *, claims_ours: bool) -> Outcome:
    """By its file. `standing`: of the issued version that is this very file. `claims_ours`: it carries the code of an
    issued version that it is not."""
    if standing is not None:
        return outcome_of_paper(standing, on, file_whole=True)
    if claims_ours or report.state in (SignatureState.INVALID, SignatureState.PARTIAL):
        return Outcome.TAMPERED
    return Outcome.SIGNED if report.state == SignatureState.VALID else Outcome.UNPROVEN


def signature_findings(report: SignatureReport) -> list[Finding]:
    """What was looked at in each signature."""
    if report.state == SignatureState.NONE:
        return [Finding("Chữ ký số", None, "Tệp không có chữ ký số.")]
    return [finding for each in report.signatures for finding in _of_one(each)]


def _of_one(each: OneSignature) -> list[Finding]:
    if not each.intact:
        return [Finding("Nội dung nguyên vẹn", False, each.why_not)]
    who = ", ".join(dict.fromkeys(filter(None, (each.signer, each.unit))))
    when = time_text(each.signed_at) if each.signed_at else "không ghi"
    vouched = "theo dấu thời gian" if each.time_trusted else "theo người ký"
    return [
        Finding("Nội dung nguyên vẹn", True, "Không byte nào bị sửa từ khi ký."),
        Finding("Người ký", each.trusted, who if each.trusted else f"{who}. {each.why_not}"),
        Finding("Bao trùm toàn bộ tệp", each.whole_file, "" if each.whole_file else each.why_not),
        Finding("Thời điểm ký", True if each.time_trusted else None, f"{when} ({vouched})"),
    ]
