"""The words in which Vietnamese procedures state time: one place for every pattern the reader knows."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from haddong_portal.common.limits.model import LimitUnit, TimeLimit

_NUMBER_WORDS = "không|một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín|mười|mươi|trăm|linh|lẻ|rưỡi|nửa"
_SPELLED = re.compile(rf"\(\s*(?:{_NUMBER_WORDS})(?:\s+(?:{_NUMBER_WORDS}))*\s*\)")
_WORD_AMOUNTS = {
    "nửa": "0,5", "một": "1", "hai": "2", "ba": "3", "bốn": "4", "năm": "5", "sáu": "6", "bảy": "7", "tám": "8",
    "chín": "9", "mười": "10", "mười lăm": "15", "hai mươi": "20", "ba mươi": "30",
}  # fmt: skip
_WORD_AMOUNT = re.compile(rf"(?<![\w(])({'|'.join(sorted(_WORD_AMOUNTS, key=len, reverse=True))})\s+(ngày|giờ|tháng)\b")

CUTOFF = "sau-15h"
_CUTOFF = re.compile(
    r"sau\s+(?:thời điểm\s+)?(?:15\s*(?:giờ|h|g|:)\s*(?:00)?(?:\s*phút)?(?!\s*(?:làm việc|\d))|0?3\s*(?:giờ|h)\s*chiều)"
)
_BULLET = re.compile(r"(?:^|(?<=\s))[•·●▪*](?=\s)|^\s*[-+–o](?=\s)", re.MULTILINE)
_ENUMERATOR = re.compile(r"(?:^\s*(?:\d{1,2}[.)]|[a-zđ]\))|(?:^|(?<=\s))\(\d{1,2}\))\s+", re.MULTILINE)
# A remark in brackets that holds no number and names no case or exclusion of cases changes no limit.
_REMARK = re.compile(r"\((?![^()]*(?:trường hợp|đối với|nếu(?! có)|trừ|riêng|ngày nghỉ|ngày lễ))[^()\d]*\)")

LIMIT = re.compile(
    r"(?<![\w/.,-])(?P<amount>\d{1,4}(?:[.,]\d{1,2})?)\s*"
    r"(?P<unit>ngày\s*làm\s*vi[ệê]c|ngày|giờ\s*(?:làm\s*việc|hành chính)|giờ|tháng|tuần|năm)(?!\s*\d)(?!\w)"
)
SAME_DAY = re.compile(
    r"(?:ngay\s+)?trong\s+(?:cùng\s+)?ngày(?:\s+làm việc)?(?!\s+(?:làm việc\s+)?(?:tiếp theo|kế tiếp|hôm sau|sau))\b"
)
RANGE = re.compile(
    r"\d\s*(?:ngày|giờ|tháng)?(?:\s*làm việc)?\s*(?:-|–|đến|tới)\s*(?:dưới\s+)?"
    r"\d+(?:[.,]\d+)?\s*(?:ngày|giờ|tháng|tuần)"
)

_WHO = r"(?:cơ quan|bộ phận|trung tâm|phòng|ủy ban|ủy ban|công an|sở|chi nhánh|văn phòng)[^,;.]{0,70}?\s+"
_PAPERS = (
    r"hồ sơ|đơn đề nghị|đơn|yêu cầu|văn bản đề nghị|giấy đề nghị|tờ khai|phiếu yêu cầu|giấy tờ|thành phần|đề nghị|bộ"
)
# Single words, so that a text can be matched in one way only (no runaway backtracking).
_QUALITY = (
    r"đầy|đủ|hợp|lệ|theo|đúng|quy|định|của|pháp|luật|và|hoàn|chỉnh|thành|phần|người|yêu|cầu|đăng|ký|đề|nghị"
    r"|tổ|chức|cá|nhân|công|dân|phí|nếu|có|hồ|sơ|[,/()]"
)
_RECEIVED = (
    rf"(?:(?:được|đã)\s+)?(?:tiếp\s+)?nhận(?:\s+(?:được|đủ|đầy đủ|khi|bản))*(?:\s+(?:{_PAPERS}))*(?:\s*(?:{_QUALITY}))*"
)
START_AT_ACCEPTANCE = re.compile(
    rf"[,\s]*(?:được\s+)?(?:(?:kể|tính)\s+)*(?:từ|sau)?\s*(?:ngày|khi|lúc|thời điểm)?\s*(?:sau\s+)?(?:khi\s+)?(?:"
    rf"(?:{_WHO})?{_RECEIVED}"
    rf"|(?:{_PAPERS})(?:\s*(?:{_QUALITY}))*\s+(?:được\s+)?(?:tiếp\s+)?nhận(?:\s*(?:{_QUALITY}))*"
    rf"|(?:có\s+|nộp\s+)(?:đủ\s+|đầy đủ\s+)?(?:{_PAPERS})(?:\s*(?:{_QUALITY}))*"
    rf"|ghi trên (?:phiếu|giấy) (?:tiếp nhận|hẹn|biên nhận)(?:\s+hồ sơ)?(?:\s+và hẹn trả kết quả)?"
    rf")\s*"
)
_UNFINISHED_START = re.compile(r"[,\s]*(?:(?:kể|tính)\s+)*từ\s*(?:ngày|khi)?\s*")
_HARMLESS_TAIL = re.compile(
    r"[\s,.:()/-]*(?:theo quy định(?: của pháp luật)?|đối với hồ sơ (?:đầy đủ,? )?hợp lệ"
    r"|(?:1\s+)?hồ sơ)?[\s,.:()/-]*"
)
_START_WORD = re.compile(r"(?:kể từ|tính từ|\btừ (?:ngày|khi|lúc|thời điểm)|sau khi|sau ngày)")
BEFORE_EVENT = re.compile(r"\btrước (?:khi|ngày|thời điểm|lúc|giờ)")

LEAD = re.compile(
    r"[\s,:()-]*(?:(?:tổng\s+)?(?:thời (?:hạn|gian))(?:\s+(?:giải quyết|thực hiện|xử lý|trả kết quả))*"
    r"(?:\s+(?:hồ sơ|thủ tục hành chính|thủ tục|công việc))*\s*(?:là|:)?\s*)?"
    r"(?:(?:giải quyết|thực hiện|trả kết quả|xử lý)(?:\s+hồ sơ)?\s*:?\s*)?"
    r"(?:(?:trong|vòng|thời hạn|thời gian|khoảng thời gian|không quá|tối đa|chậm nhất|không vượt quá|là)\s*)*[\s,:]*"
)
CHANNEL = re.compile(
    r"[\s:-]*(?:nộp\s+)?(?:hồ sơ\s+)?(?:qua\s+|bằng\s+|gửi\s+)?(?:hình thức\s+|dịch vụ\s+|đường\s+)*"
    r"(?:trực tiếp|trực tuyến|bưu chính công ích|bưu chính|bưu điện)\s*:?\s*"
)
CASE_WORD = re.compile(r"trường hợp|đối với|nếu\b|cấp mới|cấp lại|cấp đổi|gia hạn|\bnhóm\b|\bloại\b|dự án|công trình|:")
EXTENSION = re.compile(
    r"xác minh|kéo dài|gia hạn thêm|được gia hạn|có thể gia hạn|phức tạp|thêm không quá|lấy ý kiến|cộng thêm"
)
SIDE_MATTER = re.compile(
    r"(?:chưa|không) (?:đầy đủ|hợp lệ|đủ|đáp ứng|đúng|cấp|chấp thuận|đồng ý|hợp pháp)"
    r"|từ chối|trả lại|bổ sung|hoàn thiện hồ sơ"
)
BREAKDOWN = re.compile(r"[,;.\s(]*(?:trong đó|cụ thể|(?<!không )bao gồm)\b\s*:?")
REFERS = re.compile(
    r"theo (?:thời hạn|thời gian|quy định (?:tại|của (?!pháp luật))|trình tự|hợp đồng|thỏa thuận|thỏa thuận)"
    r"|theo (?:lịch|kế hoạch|từng)"
    r"|tùy|tùy|phụ thuộc|như thời hạn|thời hạn của"
)
NOTHING = re.compile(
    r"[\s.,:\[\]()-]*(?:(?:không|chưa|đang) (?:quy định|có thông tin|có quy định|xác định|nêu|cập nhật)|0+|không|n/a)?"
    r"(?:\s+(?:về|thời hạn|thời gian|cụ thể|chi tiết|giải quyết|rõ))*[\s.,:\[\]()-]*"
)
DAYS_OFF_LEFT_OUT = re.compile(r"(?:không|trừ|ngoài)[^.;\n]{0,60}(?:ngày nghỉ|ngày lễ|thứ bảy)")
_ROLL_START = re.compile(
    r"[,(\s]*(?:hoặc|nếu|trường hợp|đối với|hồ sơ|yêu cầu|tiếp nhận|nhận|nộp|trả|chuyển|sau-15h"
    r"|ngày làm việc tiếp theo)"
)


def clean(text: str) -> str:
    """Lower case, NFC, one spelling for amounts, brackets, bullets and the 15:00 cut-off."""
    text = unicodedata.normalize("NFC", text).replace("\u200b", "").replace("\u00a0", " ").lower()
    text = re.sub(r"\bngày lv\b", "ngày làm việc", text)
    text = text.replace("½", "0,5").replace("(làm việc)", "làm việc").replace("1/2 ngày", "0,5 ngày")
    text = _ENUMERATOR.sub("\n", _BULLET.sub("\n", text))
    text = _SPELLED.sub(" ", text)
    text = _CUTOFF.sub(CUTOFF, text)
    text = _REMARK.sub(" ", text)
    text = re.sub(r"[ \t]+", " ", text)
    return _WORD_AMOUNT.sub(lambda found: f"{_WORD_AMOUNTS[found[1]]} {found[2]}", text).strip()


def clauses(text: str) -> list[str]:
    """The text cut at lines, semicolons and full stops."""
    return [part.strip(" ,.…") for part in re.split(r"[;\n…]|\.(?=\s|$)", text) if part.strip(" ,.…")]


def without_roll(clause: str) -> str:
    """What stands before the 15:00 clause ("01 ngày làm việc" of "01 ngày làm việc, nhận sau 15 giờ thì …")."""
    found = re.match(rf"(?P<base>.*?){_ROLL_START.pattern}.*", clause.split(CUTOFF)[0] + CUTOFF, re.DOTALL)
    base = found["base"] if found else ""
    return re.sub(rf"{_UNFINISHED_START.pattern}$", "", base).strip(" ,(")


def limit_of(found: re.Match[str]) -> TimeLimit:
    """The limit a LIMIT match states; DomainError when the amount cannot be one."""
    amount = Decimal(found["amount"].replace(",", "."))
    unit = re.sub(r"\s+", " ", found["unit"])
    if unit.startswith("ngày"):
        fraction = amount != amount.to_integral_value()
        return TimeLimit(amount, LimitUnit.WORKING_DAY if unit != "ngày" or fraction else LimitUnit.CALENDAR_DAY)
    if unit.startswith("giờ"):
        return TimeLimit(amount, LimitUnit.WORKING_HOUR)
    if unit == "tuần":
        return TimeLimit(amount * 7, LimitUnit.CALENDAR_DAY)
    return TimeLimit(amount * 12 if unit == "năm" else amount, LimitUnit.CALENDAR_MONTH)


def is_clock_hours(found: re.Match[str]) -> bool:
    """ "24 giờ", "48 giờ": whole days named in bare hours may well mean the clock on the wall."""
    return found["unit"] == "giờ" and Decimal(found["amount"].replace(",", ".")) % 24 == 0


def tail_is_harmless(tail: str) -> bool:
    """Nothing after the limit changes it: no words, or the count starts when the dossier is received."""
    return bool(
        _HARMLESS_TAIL.fullmatch(tail)
        or START_AT_ACCEPTANCE.fullmatch(tail.rstrip(" ,.:"))
        or _UNFINISHED_START.fullmatch(tail)
    )


def tail_names_start(tail: str) -> bool:
    """The count starts at some event."""
    return bool(_START_WORD.search(tail))
