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


class ChecklistState(models.TextChoices):
    """What happened to one paper at intake."""

    PAPER = "paper", "có bản giấy"
    COPY = "copy", "có bản chụp"
    ELECTRONIC = "electronic", "đã có bản điện tử"
    WAIVED = "waived", "được miễn"
    MISSING = "missing", "chưa có"


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


class StepState(models.TextChoices):
    WAITING = "waiting", "chờ nhận"
    WORKING = "working", "đang làm"
    DONE = "done", "đã xong"
    SENT_BACK = "sent_back", "bị trả lại"


class CollectMethod(models.TextChoices):
    """How the collector signed for the result (Mẫu 06)."""

    SIGNATURE = "signature", "Ký nhận trên sổ"
    SIGNATURE_PAD = "signature_pad", "Ký trên bảng điện tử"
    PHONE_CODE = "phone_code", "Mã xác nhận qua điện thoại"
    POSTAL_PROOF = "postal_proof", "Chứng từ bưu chính"
    ELECTRONIC = "electronic", "Gửi bản điện tử"
