"""Which facts an event gives to its words. Whoever queues an event must bring every one of them.

The samples fill the editor's preview; they are invented.
"""

from __future__ import annotations

from collections.abc import Mapping

from haddong_portal.notices.constants import NoticeEvent

# name of the placeholder → (what it is, a sample)
FACTS: dict[str, tuple[str, str]] = {
    "code": ("mã hồ sơ", "000.18.01.H26-240219-0007"),
    "name": ("tên người nộp", "Nguyễn Thị Mẫu"),
    "procedure": ("tên thủ tục", "Đăng ký khai sinh"),
    "due": ("ngày hẹn trả", "thứ Hai, 19/02/2024, trước 17:00"),
    "old_due": ("ngày hẹn cũ", "thứ Năm, 15/02/2024, trước 17:00"),
    "unit": ("đơn vị", "UBND phường Quang Trung"),
    "link": ("địa chỉ theo dõi hoặc xử lý", "https://motcua.example/t/abc"),
    "place": ("nơi nhận kết quả", "bộ phận Một cửa UBND phường Quang Trung"),
    "reason": ("lý do", "tờ khai thiếu chữ ký"),
    "result": ("kết quả", "giấy xác nhận tình trạng hôn nhân số 12/XN-UBND"),
    "part": ("việc của một cơ quan", "Cấp thẻ bảo hiểm y tế"),
    "papers": ("giấy tờ cần bổ sung", "giấy chứng sinh bản chính"),
    "amount": ("số tiền", "8.000 đồng"),
    "code_digits": ("mã xác nhận", "482 913"),
    "minutes": ("số phút còn hiệu lực", "5"),
    "hours": ("số giờ làm việc", "8"),
    "late": ("thời gian đã quá hạn", "1 ngày 3 giờ làm việc"),
    "count": ("số lượng", "12"),
    "answer": ("ý kiến", "đồng ý"),
}

_APPLICANT = frozenset({"code", "name", "procedure", "due", "unit", "place", "link"})
_ONLINE = frozenset({"code", "name", "procedure", "unit", "link"})
_LINKED = frozenset({"code", "name", "procedure", "due", "unit", "link"})
# Members of staff get no citizen's name by message: the link opens it under their rights.
_STAFF = frozenset({"code", "procedure", "due", "unit", "link"})

FACTS_OF: Mapping[str, frozenset[str]] = {
    NoticeEvent.DOSSIER_RECEIVED: _APPLICANT,
    NoticeEvent.RESULT_READY: _APPLICANT,
    NoticeEvent.DOSSIER_RETURNED: _APPLICANT,
    NoticeEvent.INTAKE_REFUSED: frozenset({"name", "procedure", "unit", "reason"}),
    NoticeEvent.SUPPLEMENT_REQUESTED: _APPLICANT | {"papers", "reason"},
    NoticeEvent.SUPPLEMENT_RECEIVED: _APPLICANT,
    NoticeEvent.DUE_DATE_MOVED: _APPLICANT | {"reason", "old_due"},
    NoticeEvent.PAYMENT_REQUESTED: _APPLICANT | {"amount"},
    NoticeEvent.PAYMENT_RECEIVED: _APPLICANT | {"amount"},
    NoticeEvent.DOSSIER_STOPPED: _APPLICANT | {"reason"},
    NoticeEvent.WITHDRAWAL_RECEIVED: _APPLICANT,
    NoticeEvent.WITHDRAWAL_DECLINED: _APPLICANT | {"reason"},
    NoticeEvent.SUBMISSION_RECEIVED: _ONLINE | {"hours"},
    NoticeEvent.FILING_WITHDRAWN: _ONLINE,
    NoticeEvent.SUBMISSION_GUIDED: _ONLINE | {"papers"},
    NoticeEvent.REFUSAL_ISSUED: _APPLICANT | {"reason"},
    NoticeEvent.PHONE_CODE: frozenset({"code_digits", "minutes"}),
    NoticeEvent.UNCOLLECTED: _APPLICANT | {"count"},
    NoticeEvent.CORRECTION_MADE: _APPLICANT | {"reason"},
    NoticeEvent.RESULT_REVOKED: _APPLICANT | {"result", "reason"},
    NoticeEvent.LINKED_RECEIVED: _LINKED,
    NoticeEvent.LINKED_SUPPLEMENT: _LINKED | {"reason", "part"},
    NoticeEvent.LINKED_LATE: _LINKED | {"reason", "part"},
    NoticeEvent.LINKED_REFUSED: _LINKED | {"reason", "part"},
    NoticeEvent.LINKED_ENDED: _LINKED,
    NoticeEvent.PAPERS_LOST: _APPLICANT | {"papers"},
    NoticeEvent.RECEIPT_REISSUED: _APPLICANT | {"reason", "old_due"},
    NoticeEvent.REMINDER_BEFORE_3_DAYS: _STAFF,
    NoticeEvent.REMINDER_GATE: _STAFF,
    NoticeEvent.REMINDER_DUE_TODAY: _STAFF,
    NoticeEvent.REMINDER_OVERDUE: _STAFF | {"late"},
    NoticeEvent.OPINION_REQUESTED: _STAFF | {"reason"},
    NoticeEvent.OPINION_ANSWERED: frozenset({"code", "procedure", "unit", "link", "answer"}),
    NoticeEvent.OPINION_LATE: _STAFF,
    NoticeEvent.OPINION_CLOSED: _STAFF | {"reason"},
    NoticeEvent.SUPPLEMENT_LAPSED: _STAFF,
    NoticeEvent.SUBMISSION_CHECK: frozenset({"code", "procedure", "unit", "link", "hours"}),
    NoticeEvent.WORK_REASSIGNED: frozenset({"count", "unit", "link", "reason"}),
    NoticeEvent.DELIVERY_SENT: frozenset({"count", "unit", "link"}),
    NoticeEvent.DELIVERY_MISSING: frozenset({"count", "unit", "link"}),
}


def facts_missing(event: str, facts: Mapping[str, str]) -> list[str]:
    """The names that the event must bring and `facts` lacks, sorted."""
    return sorted(FACTS_OF[event] - facts.keys())


def sample_facts(event: str) -> dict[str, str]:
    """Invented facts of an event, for a preview."""
    return {name: FACTS[name][1] for name in sorted(FACTS_OF[event])}
