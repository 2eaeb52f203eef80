"""Words of linked workflows that models, rules and services share."""

from __future__ import annotations

from django.db import models


class GroupState(models.TextChoices):
    DRAFT = "draft", "bản nháp"
    PUBLISHED = "published", "đang áp dụng"
    RETIRED = "retired", "ngừng áp dụng"


class Transport(models.TextChoices):
    """How an agency is reached."""

    OWN = "own", "hồ sơ của phường"
    REST = "rest", "kết nối điện tử"
    PAPER = "paper", "phiếu chuyển giấy"


class CaseState(models.TextChoices):
    CONFIRMING = "confirming", "chờ xác nhận"
    RUNNING = "running", "đang giải quyết"
    HELD = "held", "tạm giữ"
    ENDED = "ended", "đã kết thúc"
    STOPPED = "stopped", "đã dừng"


OPEN_CASES = (CaseState.CONFIRMING, CaseState.RUNNING, CaseState.HELD)


class LegKind(models.TextChoices):
    DOSSIER = "dossier", "hồ sơ của phường"
    EXCHANGE = "exchange", "cơ quan khác giải quyết"


class LegState(models.TextChoices):
    """domain.md §9.7, with the words of an own dossier."""

    WAITING = "waiting", "chờ bước trước"
    HELD = "held", "tạm giữ"
    READY = "ready", "sẵn sàng gửi"
    SENT = "sent", "đã gửi"
    ACKNOWLEDGED = "acknowledged", "đã tiếp nhận"
    WORKING = "working", "đang xử lý"
    SUPPLEMENT = "supplement", "cần bổ sung"
    RETURNED = "returned", "trả lại bước trước"
    REFUSED = "refused", "từ chối"
    DONE = "done", "đã xong"
    SKIPPED = "skipped", "không phải làm"
    CANCELLED = "cancelled", "đã hủy"


ENDED_LEGS = (LegState.REFUSED, LegState.DONE, LegState.SKIPPED, LegState.CANCELLED)
# The agency (or the ward's own dossier) has it in hand.
STARTED_LEGS = (
    LegState.READY,
    LegState.SENT,
    LegState.ACKNOWLEDGED,
    LegState.WORKING,
    LegState.SUPPLEMENT,
    LegState.RETURNED,
)
# States in which a clock of somebody at work runs.
COUNTED_LEGS = (LegState.READY, LegState.SENT, LegState.ACKNOWLEDGED, LegState.WORKING)


class ClockOf(models.TextChoices):
    """Whose time it is that passes now."""

    NOBODY = "", "chưa tính"
    WARD = "ward", "phường"
    AGENCY = "agency", "cơ quan giải quyết"
    CITIZEN = "citizen", "người yêu cầu"
    CONFIRMER = "confirmer", "người phải xác nhận"
    UPSTREAM = "upstream", "bước trước"


class ConfirmationState(models.TextChoices):
    ASKED = "asked", "chờ xác nhận"
    GIVEN = "given", "đã đồng ý"
    DECLINED = "declined", "không đồng ý"
    LAPSED = "lapsed", "quá thời hạn xác nhận"


class ConfirmationMethod(models.TextChoices):
    NONE = "", "chưa có"
    DESK = "desk", "ký tại bộ phận Một cửa"
    VNEID = "vneid", "xác nhận trên VNeID"
    PAPER = "paper", "văn bản đồng ý"
    PHONE = "phone", "mã xác nhận qua điện thoại"


class MessageKind(models.TextChoices):
    REQUEST = "request", "yêu cầu giải quyết"
    SUPPLEMENT = "supplement", "bổ sung"
    CORRECTION = "correction", "đính chính"
    CANCEL = "cancel", "hủy yêu cầu"
    STATUS = "status", "đồng bộ trạng thái"


class MessageState(models.TextChoices):
    PENDING = "pending", "chờ gửi"
    SENT = "sent", "đã gửi, chưa có biên nhận"
    ACKNOWLEDGED = "acknowledged", "đã có biên nhận"
    REJECTED = "rejected", "bị từ chối nhận"
    DEAD = "dead", "ngừng thử"
    WITHDRAWN = "withdrawn", "thu hồi trước khi gửi"


class ReplyKind(models.TextChoices):
    ACCEPTED = "accepted", "đã tiếp nhận"
    WORKING = "working", "đang xử lý"
    SUPPLEMENT = "supplement", "cần bổ sung"
    RETURNED = "returned", "trả lại bước trước"
    REFUSED = "refused", "từ chối"
    DONE = "done", "đã xong"
    ID_NUMBER = "id_number", "cấp số định danh"


class ReplyState(models.TextChoices):
    WAITING = "waiting", "chờ áp dụng"
    APPLIED = "applied", "đã áp dụng"
    LATE = "late", "đến sau, không đổi gì"
    UNMATCHED = "unmatched", "không rõ của yêu cầu nào"


class CaseEventKind(models.TextChoices):
    """Dotted kinds of the ledger of a linked case."""

    OPENED = "case.opened", "Tiếp nhận khai một lần"
    ENDED = "case.ended", "Kết thúc liên thông"
    STOPPED = "case.stopped", "Dừng liên thông"
    HELD = "case.held", "Tạm giữ"
    RESUMED = "case.resumed", "Tiếp tục"
    CORRECTED = "case.corrected", "Sửa thông tin khai"
    IDENTITY_DOUBTED = "case.identity_doubted", "Chưa rõ nhân thân, chờ kết luận"
    IDENTITY_DECIDED = "case.identity_decided", "Kết luận về nhân thân"
    CONFIRMATION_ASKED = "confirmation.asked", "Đề nghị xác nhận"
    CONFIRMATION_GIVEN = "confirmation.given", "Đã xác nhận đồng ý"
    CONFIRMATION_DECLINED = "confirmation.declined", "Không đồng ý"
    CONFIRMATION_LAPSED = "confirmation.lapsed", "Quá thời hạn xác nhận"
    LEG_STARTED = "leg.started", "Bắt đầu bước"
    LEG_SKIPPED = "leg.skipped", "Không phải làm"
    LEG_HELD = "leg.held", "Tạm giữ bước"
    LEG_RELEASED = "leg.released", "Thôi giữ bước"
    LEG_ACKNOWLEDGED = "leg.acknowledged", "Cơ quan đã tiếp nhận"
    LEG_WORKING = "leg.working", "Cơ quan đang xử lý"
    LEG_SUPPLEMENT = "leg.supplement", "Cơ quan yêu cầu bổ sung"
    LEG_SUPPLEMENTED = "leg.supplemented", "Đã bổ sung"
    LEG_RETURNED = "leg.returned", "Trả lại bước trước"
    LEG_RESTARTED = "leg.restarted", "Làm lại bước"
    LEG_REFUSED = "leg.refused", "Từ chối"
    LEG_DONE = "leg.done", "Xong bước"
    LEG_CANCELLED = "leg.cancelled", "Hủy bước"
    LEG_FACT = "leg.fact", "Nhận thông tin kết quả"
    LEG_APOLOGY = "leg.apology", "Xin lỗi vì chậm"
    LEG_ACK_MISSING = "leg.ack_missing", "Chưa có xác nhận tiếp nhận"
    LEG_SYNC_MISSING = "leg.sync_missing", "Chưa đồng bộ kết quả"
    PAPER_REFUSED = "reply.paper_refused", "Giấy tờ gửi kèm không nhận được"
    REPLY_LATE = "reply.late", "Tin đến sau, không đổi gì"
