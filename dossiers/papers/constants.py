"""Words of the paper store that other apps may use."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

CONSENT_PURPOSE = "paper_reuse"


@dataclass(frozen=True, slots=True)
class OwnerRef:
    """Whose paper: a person or an organisation, by the key the administration knows them by. Exactly one is set."""

    person_id: int | None = None
    organisation_id: int | None = None

    def __post_init__(self) -> None:
        if (self.person_id is None) == (self.organisation_id is None):
            raise ValueError("a paper has one owner: a person or an organisation")


class PaperSource(models.TextChoices):
    """Where a paper came from."""

    DIGITISED = "DIGITISED", "số hóa khi tiếp nhận"
    ISSUED = "ISSUED", "cơ quan cấp"
    RECEIVED = "RECEIVED", "cơ quan khác gửi"
    UPLOADED = "UPLOADED", "người dân tải lên"


class Trust(models.TextChoices):
    """How sure we are of a paper; `rank` orders them."""

    SIGNED_ISSUER = "SIGNED_ISSUER", "ký số của cơ quan cấp"
    SIGNED_DIGITISED = "SIGNED_DIGITISED", "ký số của người số hóa"
    CHECKED = "CHECKED", "đã đối chiếu bản chính"
    DECLARED = "DECLARED", "người nộp khai"

    @property
    def rank(self) -> int:
        """0 is declared only, 3 is signed by whoever issued it."""
        return _RANK[self.value]


_RANK = {"DECLARED": 0, "CHECKED": 1, "SIGNED_DIGITISED": 2, "SIGNED_ISSUER": 3}


class Basis(models.TextChoices):
    """By which ground the administration may keep and re-use a paper (NĐ 13/2023 art. 11 and 17)."""

    LAW = "LAW", "theo pháp luật chuyên ngành"
    CONSENT = "CONSENT", "theo sự đồng ý của chủ giấy tờ"


class PaperState(models.TextChoices):
    """Where a paper stands (domain.md §7.5); expired is computed from its last valid day."""

    PENDING = "PENDING", "Chờ kiểm tra"
    VALID = "VALID", "Hợp lệ"
    REPLACED = "REPLACED", "Bị thay thế"
    REVOKED = "REVOKED", "Bị thu hồi"
    ERASED = "ERASED", "Đã xóa"


LIVE = frozenset({PaperState.PENDING, PaperState.VALID})


class SignatureState(models.TextChoices):
    """What the signatures of a stored file proved."""

    NONE = "NONE", "chưa ký số"
    VALID = "VALID", "chữ ký hợp lệ"
    INVALID = "INVALID", "chữ ký không hợp lệ"
    UNTRUSTED = "UNTRUSTED", "chưa tin được người ký"
    PARTIAL = "PARTIAL", "chữ ký không phủ toàn tệp"


class FileState(models.TextChoices):
    """What the last look at a stored file found."""

    PRESENT = "PRESENT", "nguyên vẹn"
    DAMAGED = "DAMAGED", "bị hỏng"
    MISSING = "MISSING", "bị mất"
    REMOVED = "REMOVED", "đã xóa theo yêu cầu"


class UsePurpose(models.TextChoices):
    """For what a stored paper was used in place of a new one."""

    INTAKE = "INTAKE", "tiếp nhận hồ sơ"
    PROCESSING = "PROCESSING", "giải quyết hồ sơ"
    HAND_OVER = "HAND_OVER", "trả kết quả"
    LINKED = "LINKED", "hồ sơ liên thông"
    CITIZEN_SHARE = "CITIZEN_SHARE", "người dân chia sẻ"


class DigitisePolicy(models.TextChoices):
    """Whether a paper of a type is digitised when it is brought (TT 01/2023)."""

    MUST = "must", "bắt buộc"
    OPTIONAL = "optional", "tùy chọn"
    NO = "no", "không"


class PaperEventKind(models.TextChoices):
    """What happens to a paper."""

    STORED = "paper.stored", "Đưa vào kho"
    VERSION_ADDED = "paper.version_added", "Thêm bản mới"
    CONFIRMED = "paper.confirmed", "Xác nhận hợp lệ"
    USED = "paper.used", "Dùng lại"
    SHARED = "paper.shared", "Chia sẻ"
    SHARE_ENDED = "paper.share_ended", "Thu hồi mã chia sẻ"
    REPLACED = "paper.replaced", "Bị thay thế"
    REVOKED = "paper.revoked", "Bị thu hồi"
    ERASED = "paper.erased", "Xóa khỏi kho"
    DAMAGED = "paper.damaged", "Tệp bị hỏng"
    RESTORED = "paper.restored", "Tệp được khôi phục"
    CORRECTION_ASKED = "paper.correction_asked", "Đề nghị sửa"
    CORRECTION_ANSWERED = "paper.correction_answered", "Trả lời đề nghị sửa"


def paper_event_kinds() -> list[tuple[str, str]]:
    """The kinds as choices of a column; migrations name this function, so that a new one needs none."""
    return PaperEventKind.choices


class CorrectionOutcome(models.TextChoices):
    """What came of an owner's request to put a paper right."""

    CORRECTED = "CORRECTED", "Đã đưa bản đúng vào kho"
    KEPT = "KEPT", "Giữ nguyên, giấy tờ không sai"


class ScanKind(models.TextChoices):
    """Where the scanned papers come from."""

    COUNTER = "COUNTER", "giấy tờ của hồ sơ"
    BOOK = "BOOK", "sổ cũ"


class ScanState(models.TextChoices):
    """Where one paper stands on its way from the scanner into the store."""

    CAPTURING = "CAPTURING", "đang quét"
    QUEUED = "QUEUED", "chờ đọc"
    WORKING = "WORKING", "đang đọc"
    READY = "READY", "chờ xác nhận"
    GAVE_UP = "GAVE_UP", "chưa xử lý được"
    DONE = "DONE", "đã số hóa"
    DISCARDED = "DISCARDED", "đã bỏ"


class EntryRound(models.TextChoices):
    """Who typed what is printed: the first clerk, a second one who does not see it, whoever decides between them."""

    FIRST = "FIRST", "nhập lần một"
    SECOND = "SECOND", "nhập lần hai"
    DECIDED = "DECIDED", "quyết định"
