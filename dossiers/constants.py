"""Words of dossiers that other apps may use."""

from __future__ import annotations

from django.db import models


class Status(models.TextChoices):
    """Internal states; `national_code` gives the national portal's number (domain.md §1.3)."""

    SUBMITTED = "SUBMITTED", "Mới đăng ký"
    ACCEPTED = "ACCEPTED", "Được tiếp nhận"
    REFUSED_INTAKE = "REFUSED_INTAKE", "Không được tiếp nhận"
    PROCESSING = "PROCESSING", "Đang xử lý"
    CONSULTING = "CONSULTING", "Đang lấy ý kiến"
    VERIFYING = "VERIFYING", "Đang xác minh"
    SIGNING = "SIGNING", "Đang trình ký"
    WAIT_SUPPLEMENT = "WAIT_SUPPLEMENT", "Chờ bổ sung giấy tờ"
    WAIT_PAYMENT = "WAIT_PAYMENT", "Chờ thực hiện nghĩa vụ tài chính"
    WITHDRAW_REQUESTED = "WITHDRAW_REQUESTED", "Đề nghị rút hồ sơ"
    STOPPED = "STOPPED", "Dừng xử lý"
    DONE = "DONE", "Đã xử lý xong"
    RETURNED = "RETURNED", "Đã trả kết quả"


NATIONAL_CODES: dict[str, int] = {
    Status.SUBMITTED: 1,
    Status.ACCEPTED: 2,
    Status.REFUSED_INTAKE: 3,
    Status.PROCESSING: 4,
    Status.CONSULTING: 4,
    Status.VERIFYING: 4,
    Status.SIGNING: 4,
    Status.WAIT_SUPPLEMENT: 5,
    Status.WAIT_PAYMENT: 6,
    Status.WITHDRAW_REQUESTED: 7,
    Status.STOPPED: 8,
    Status.DONE: 9,
    Status.RETURNED: 10,
}

IN_PROGRESS = (
    Status.ACCEPTED,
    Status.PROCESSING,
    Status.CONSULTING,
    Status.VERIFYING,
    Status.SIGNING,
    Status.WAIT_SUPPLEMENT,
    Status.WAIT_PAYMENT,
    Status.WITHDRAW_REQUESTED,
)
# Not yet handed over or ended: these count for the duplicate warning and the work lists.
OPEN = (Status.SUBMITTED, *IN_PROGRESS, Status.DONE)
TERMINAL = (Status.REFUSED_INTAKE, Status.STOPPED, Status.RETURNED)


class ApplicantKind(models.TextChoices):
    """Who asks."""

    PERSON = "person", "Cá nhân"
    ORGANISATION = "organisation", "Tổ chức, doanh nghiệp"


class ChecklistState(models.TextChoices):
    """What happened to one paper at intake."""

    PAPER = "paper", "có bản giấy"
    COPY = "copy", "có bản chụp"
    ELECTRONIC = "electronic", "đã có bản điện tử"
    WAIVED = "waived", "được miễn"
    MISSING = "missing", "chưa có"


class UploadState(models.TextChoices):
    """Whether a file from home may be opened."""

    SHOWN = "shown", "xem được"
    HELD = "held", "chờ quét mã độc"
    REFUSED = "refused", "không được nhận"


class Delivery(models.TextChoices):
    """How the citizen wants the result."""

    DESK = "desk", "Nhận tại bộ phận Một cửa"
    POSTAL = "postal", "Gửi qua bưu chính công ích"
    ELECTRONIC = "electronic", "Nhận bản điện tử"


class EventKind(models.TextChoices):
    """Dotted kinds of DossierEvent; upper apps subscribe to them."""

    RECEIVED = "dossier.received", "Tiếp nhận hồ sơ"
    TAKEN = "dossier.taken", "Nhận việc"
    STEP_FINISHED = "dossier.step_finished", "Hoàn thành bước, chuyển bước"
    RETURNED_TO_STEP = "dossier.returned_to_step", "Trả lại bước trước"
    FORWARDED = "dossier.forwarded", "Chuyển người thụ lý"
    SIGNED = "dossier.signed", "Ký duyệt"
    RESULT_RECORDED = "dossier.result_recorded", "Ghi nhận kết quả"
    HANDED_OVER = "dossier.handed_over", "Trả kết quả"
    SUBMITTED = "dossier.submitted", "Nộp hồ sơ trực tuyến"
    SUBMISSION_RETURNED = "dossier.submission_returned", "Yêu cầu bổ sung hồ sơ trực tuyến"
    RESUBMITTED = "dossier.resubmitted", "Nộp lại hồ sơ trực tuyến"
    INTAKE_REFUSED = "dossier.intake_refused", "Từ chối tiếp nhận"
    SUPPLEMENT_REQUESTED = "dossier.supplement_requested", "Yêu cầu bổ sung"
    SUPPLEMENT_SENT = "dossier.supplement_sent", "Gửi bổ sung trực tuyến"
    SUPPLEMENT_RECEIVED = "dossier.supplement_received", "Tiếp nhận bổ sung"
    VERIFICATION_STARTED = "dossier.verification_started", "Thẩm tra, xác minh"
    VERIFICATION_FINISHED = "dossier.verification_finished", "Xong thẩm tra, xác minh"
    OPINION_REQUESTED = "dossier.opinion_requested", "Lấy ý kiến"
    OPINION_ANSWERED = "dossier.opinion_answered", "Trả lời ý kiến"
    CONSULTATION_CLOSED = "dossier.consultation_closed", "Thôi chờ ý kiến"
    PAYMENT_REQUESTED = "dossier.payment_requested", "Yêu cầu thực hiện nghĩa vụ tài chính"
    PAYMENT_RECORDED = "dossier.payment_recorded", "Ghi nhận đã nộp tiền"
    CHARGE_EXEMPTED = "dossier.charge_exempted", "Miễn, giảm khoản thu"
    CHARGE_AMOUNT_SET = "dossier.charge_amount_set", "Ghi số tiền phải thu"
    PAYMENT_VOIDED = "dossier.payment_voided", "Hủy biên lai"
    ON_TIME_CONFIRMED = "dossier.on_time_confirmed", "Cam kết trả đúng hẹn"
    OVERDUE_RECORDED = "dossier.overdue_recorded", "Ghi nhận quá hạn"
    EXTENDED = "dossier.extended", "Xin lỗi và hẹn lại"
    REFUSED = "dossier.refused", "Từ chối giải quyết"
    WITHDRAWAL_REQUESTED = "dossier.withdrawal_requested", "Đề nghị rút hồ sơ"
    WITHDRAWAL_DECLINED = "dossier.withdrawal_declined", "Không chấp nhận rút hồ sơ"
    STOPPED = "dossier.stopped", "Dừng giải quyết"
    CORRECTED = "dossier.corrected", "Đính chính"
    LOSS_REPORTED = "dossier.loss_reported", "Báo mất giấy tờ"
    BRANCH_STEP_FINISHED = "dossier.branch_step_finished", "Xong bước song song"
    REASSIGNED = "dossier.reassigned", "Giao lại việc"
    DELIVERED = "dossier.delivered", "Bàn giao theo danh sách"
    DELIVERY_CONFIRMED = "dossier.delivery_confirmed", "Nhận bàn giao"
    DUE_RECOMPUTED = "dossier.due_recomputed", "Tính lại ngày hẹn"
    RECEIPT_REISSUED = "dossier.receipt_reissued", "Cấp lại giấy hẹn"
    OUTAGE_RECORDED = "dossier.outage_recorded", "Ghi nhận sự cố hệ thống"
    DIGITISED = "dossier.digitised", "Số hóa giấy tờ"
    RESULT_REVOKED = "dossier.result_revoked", "Thu hồi kết quả"


def event_kinds() -> list[tuple[str, str]]:
    """The kinds as choices of a column; migrations name this function, so that a new one needs none."""
    return EventKind.choices


class Proposal(models.TextChoices):
    """What the officer who examined a dossier proposes to whoever signs."""

    APPROVE = "approve", "đề nghị chấp thuận"
    REFUSE = "refuse", "đề nghị từ chối"


class StepState(models.TextChoices):
    WAITING = "waiting", "chờ nhận"
    WORKING = "working", "đang làm"
    DONE = "done", "đã xong"
    SENT_BACK = "sent_back", "bị trả lại"


STEP_OPEN = (StepState.WAITING, StepState.WORKING)


class CollectMethod(models.TextChoices):
    """How the collector signed for the result (Mẫu 06)."""

    SIGNATURE = "signature", "Ký nhận trên sổ"
    SIGNATURE_PAD = "signature_pad", "Ký trên bảng điện tử"
    PHONE_CODE = "phone_code", "Mã xác nhận qua điện thoại"
    POSTAL_PROOF = "postal_proof", "Chứng từ bưu chính"
    ELECTRONIC = "electronic", "Gửi bản điện tử"


class IntervalKind(models.TextChoices):
    """Why the clock stood still (domain.md §1.6)."""

    SUPPLEMENT = "supplement", "chờ bổ sung"
    PAYMENT = "payment", "chờ thực hiện nghĩa vụ tài chính"
    OUTAGE = "outage", "sự cố hệ thống"
    CONFIRMATION = "confirmation", "chờ xác nhận VNeID"
    WITHDRAWAL = "withdrawal", "chờ giải quyết đề nghị rút"
    CONSULTATION = "consultation", "lấy ý kiến đơn vị phối hợp"
    VERIFICATION = "verification", "thẩm tra, xác minh"


class RecomputeCause(models.TextChoices):
    """Why the dates of open dossiers are computed anew."""

    CALENDAR = "calendar", "Lịch làm việc đổi"
    OUTAGE = "outage", "Sự cố hệ thống"


class FormKind(models.TextChoices):
    """What a form is for; its number and suffix are the rule-set's (domain.md §2)."""

    RECEIPT = "receipt", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    SUPPLEMENT_REQUEST = "supplement_request", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"
    REFUSAL = "refusal", "Phiếu từ chối tiếp nhận giải quyết hồ sơ"
    APOLOGY_LETTER = "apology_letter", "Phiếu xin lỗi và hẹn lại ngày trả kết quả"
    EXTENSION_REQUEST = "extension_request", "Phiếu đề nghị gia hạn thời gian giải quyết"
    STOP_NOTICE = "stop_notice", "Thông báo dừng giải quyết hồ sơ"
    CONTROL_SHEET = "control_sheet", "Phiếu kiểm soát quá trình giải quyết hồ sơ"
    REGISTER = "register", "Sổ theo dõi hồ sơ"
    OPINION_REQUEST = "opinion_request", "Phiếu lấy ý kiến"
    RESIDENCE_RECEIPT = "residence_receipt", "Phiếu tiếp nhận hồ sơ và hẹn trả kết quả (cư trú)"
    RESIDENCE_REFUSAL = "residence_refusal", "Phiếu từ chối tiếp nhận, giải quyết hồ sơ (cư trú)"


class FaultKind(models.TextChoices):
    """Why a paper is asked for again."""

    MISSING = "missing", "chưa có"
    WRONG = "wrong", "nội dung chưa đúng"
    EXPIRED = "expired", "hết giá trị"
    UNCLEAR = "unclear", "không đọc được"
    UNSIGNED = "unsigned", "thiếu chữ ký, con dấu"


class AgainReason(models.TextChoices):
    """Why an applicant is guided again although guidance is given once; which of them hold is the rule-set's."""

    SAME_PAPERS = "same_papers", "giấy tờ đã hướng dẫn lần trước vẫn chưa đủ, không yêu cầu gì thêm"
    CHANGED = "changed", "thủ tục đã công bố thay đổi sau lần hướng dẫn trước"
    NEW_FAULT = "new_fault", "giấy tờ mang đến lần này có sai sót, lần trước chưa có để xem"


class LateReason(models.TextChoices):
    """Why a step or a dossier was late."""

    WORKLOAD = "workload", "khối lượng hồ sơ lớn"
    OTHER_UNIT = "other_unit", "chờ đơn vị phối hợp"
    COMPLEX = "complex", "vụ việc phức tạp"
    STAFF = "staff", "thiếu người, nghỉ phép"
    SYSTEM = "system", "sự cố phần mềm"
    APPLICANT = "applicant", "chờ người nộp"
    OTHER = "other", "lý do khác"


class CorrectionKind(models.TextChoices):
    FIELD = "field", "thông tin hồ sơ"
    RESULT = "result", "kết quả"


class MistakeBy(models.TextChoices):
    AGENCY = "agency", "cơ quan giải quyết"
    APPLICANT = "applicant", "người nộp"


class ChargeKind(models.TextChoices):
    """What is owed: fees and duties are collected at the desk, taxes are paid elsewhere and proven by a paper."""

    FEE = "fee", "Phí"
    DUTY = "duty", "Lệ phí"
    TAX = "tax", "Thuế, nghĩa vụ tài chính khác"


class PaymentMethod(models.TextChoices):
    CASH = "cash", "Tiền mặt"
    TRANSFER = "transfer", "Chuyển khoản"
    ONLINE = "online", "Trực tuyến"


class StopReason(models.TextChoices):
    """Why a dossier ended without a result."""

    WITHDRAWN = "withdrawn", "người nộp rút hồ sơ"
    NOT_SUPPLEMENTED = "not_supplemented", "quá hạn bổ sung"
    DECIDED = "decided", "căn cứ dừng khác"
