"""Words of notices that other apps may use."""

from __future__ import annotations

from django.db import models


class NoticeChannel(models.TextChoices):
    SMS = "sms", "Tin nhắn SMS"
    EMAIL = "email", "Thư điện tử"
    # Needs no gateway: the message waits under the bell of the member of staff.
    PORTAL = "portal", "Trong cổng"
    # What the clerk says on the phone; never in the outbox.
    CALL = "call", "Lời gọi điện"


class NoticeState(models.TextChoices):
    QUEUED = "queued", "chờ gửi"
    SENDING = "sending", "đang gửi"
    SENT = "sent", "đã gửi"
    GAVE_UP = "gave_up", "không gửi được"
    CANCELLED = "cancelled", "đã hủy"


class NoticeEvent(models.TextChoices):
    """What a message tells a person; each has a template per channel that an editor maintains.

    Which facts fill an event's templates stands in rules/facts.py.
    """

    DOSSIER_RECEIVED = "dossier_received", "Đã tiếp nhận hồ sơ"
    RESULT_READY = "result_ready", "Đã có kết quả"
    DOSSIER_RETURNED = "dossier_returned", "Đã trả kết quả"
    INTAKE_REFUSED = "intake_refused", "Từ chối tiếp nhận hồ sơ"
    SUPPLEMENT_REQUESTED = "supplement_requested", "Yêu cầu bổ sung hồ sơ"
    SUPPLEMENT_RECEIVED = "supplement_received", "Đã nhận bổ sung hồ sơ"
    DUE_DATE_MOVED = "due_date_moved", "Xin lỗi và hẹn lại ngày trả"
    PAYMENT_REQUESTED = "payment_requested", "Đề nghị nộp phí, lệ phí"
    PAYMENT_RECEIVED = "payment_received", "Đã nhận phí, lệ phí"
    DOSSIER_STOPPED = "dossier_stopped", "Dừng giải quyết hồ sơ"
    WITHDRAWAL_RECEIVED = "withdrawal_received", "Đã nhận yêu cầu rút hồ sơ"
    WITHDRAWAL_DECLINED = "withdrawal_declined", "Không rút được hồ sơ"
    SUBMISSION_RECEIVED = "submission_received", "Đã nhận hồ sơ nộp trực tuyến"
    FILING_WITHDRAWN = "filing_withdrawn", "Đã rút hồ sơ trực tuyến"
    SUBMISSION_GUIDED = "submission_guided", "Hướng dẫn hoàn thiện hồ sơ trực tuyến"
    REFUSAL_ISSUED = "refusal_issued", "Từ chối giải quyết hồ sơ"
    PHONE_CODE = "phone_code", "Mã xác nhận số điện thoại"
    UNCOLLECTED = "uncollected", "Kết quả chưa được nhận"
    CORRECTION_MADE = "correction_made", "Đã đính chính kết quả"
    RESULT_REVOKED = "result_revoked", "Thu hồi kết quả"
    PAPERS_LOST = "papers_lost", "Xin lỗi vì làm mất giấy tờ"
    RECEIPT_REISSUED = "receipt_reissued", "Cấp lại giấy hẹn, ngày hẹn mới"
    REMINDER_BEFORE_3_DAYS = "reminder_before_3_days", "Nhắc việc: còn 3 ngày làm việc"
    REMINDER_GATE = "reminder_gate", "Nhắc việc: phải trả đúng hạn hoặc xin lỗi"
    REMINDER_DUE_TODAY = "reminder_due_today", "Nhắc việc: đến hạn hôm nay"
    REMINDER_OVERDUE = "reminder_overdue", "Nhắc việc: đã quá hạn"
    OPINION_REQUESTED = "opinion_requested", "Yêu cầu cho ý kiến phối hợp"
    OPINION_ANSWERED = "opinion_answered", "Đã có ý kiến phối hợp"
    OPINION_LATE = "opinion_late", "Ý kiến phối hợp quá hạn"
    OPINION_CLOSED = "opinion_closed", "Thôi chờ ý kiến phối hợp"
    SUPPLEMENT_LAPSED = "supplement_lapsed", "Quá hạn bổ sung hồ sơ"
    SUBMISSION_CHECK = "submission_check", "Hồ sơ trực tuyến chờ kiểm tra"
    WORK_REASSIGNED = "work_reassigned", "Được giao lại hồ sơ"
    DELIVERY_SENT = "delivery_sent", "Danh sách bàn giao chờ nhận"
    DELIVERY_MISSING = "delivery_missing", "Thiếu hồ sơ khi nhận bàn giao"
    LINKED_RECEIVED = "linked_received", "Đã tiếp nhận khai một lần"
    LINKED_SUPPLEMENT = "linked_supplement", "Liên thông: cần bổ sung"
    LINKED_LATE = "linked_late", "Liên thông: xin lỗi vì chậm"
    LINKED_REFUSED = "linked_refused", "Liên thông: một việc không được giải quyết"
    LINKED_ENDED = "linked_ended", "Liên thông: đã xong"


def notice_events() -> list[tuple[str, str]]:
    """The events as choices of a column; migrations name this function, so that a new one needs none."""
    return NoticeEvent.choices


STAFF_EVENTS = frozenset(
    {
        NoticeEvent.REMINDER_BEFORE_3_DAYS,
        NoticeEvent.REMINDER_GATE,
        NoticeEvent.REMINDER_DUE_TODAY,
        NoticeEvent.REMINDER_OVERDUE,
        NoticeEvent.OPINION_REQUESTED,
        NoticeEvent.OPINION_ANSWERED,
        NoticeEvent.OPINION_LATE,
        NoticeEvent.OPINION_CLOSED,
        NoticeEvent.SUBMISSION_CHECK,
        NoticeEvent.WORK_REASSIGNED,
        NoticeEvent.DELIVERY_SENT,
        NoticeEvent.DELIVERY_MISSING,
    }
)
"""Told to members of staff, never to citizens."""

CALLED_EVENTS = frozenset({NoticeEvent.RESULT_READY, NoticeEvent.UNCOLLECTED})
"""These have words for a clerk to say on the phone."""

FORGOTTEN = "(nội dung không được lưu)"
"""Stands in place of words that are no longer kept."""

SECRET_EVENTS = frozenset({NoticeEvent.PHONE_CODE})
"""Their words are forgotten once the message has left, and no screen shows them."""

AT_ANY_HOUR = frozenset({NoticeEvent.PHONE_CODE})
"""Quiet hours do not hold these back: the person is waiting for them."""


def channels_of(event: str) -> tuple[NoticeChannel, ...]:
    """The channels on which an event has words."""
    if event in STAFF_EVENTS:
        return (NoticeChannel.PORTAL, NoticeChannel.EMAIL, NoticeChannel.SMS)
    called = (NoticeChannel.CALL,) if event in CALLED_EVENTS else ()
    return (NoticeChannel.SMS, NoticeChannel.EMAIL, *called)


class CallState(models.TextChoices):
    OPEN = "open", "chờ gọi"
    DONE = "done", "đã báo"
    CANCELLED = "cancelled", "không cần gọi nữa"


class CallOutcome(models.TextChoices):
    ANSWERED = "answered", "Đã nghe máy"
    NO_ANSWER = "no_answer", "Không liên lạc được"
    PROMISED = "promised", "Hẹn ngày đến"
