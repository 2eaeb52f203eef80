"""What a careful reader makes of a text: one limit, or the reason a person has to look ("cần rà soát")."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from haddong_portal.common.limits.model import TimeLimit


class ReviewReason(StrEnum):
    """Why a text gave no limit."""

    NOTHING_STATED = "nothing_stated"
    REFERS_ELSEWHERE = "refers_elsewhere"
    SEVERAL_CASES = "several_cases"
    SEVERAL_STAGES = "several_stages"
    RANGE = "range"
    OTHER_START = "other_start"
    BEFORE_EVENT = "before_event"
    UNIT_MISSING = "unit_missing"
    CLOCK_HOURS = "clock_hours"
    CUTOFF_WITH_DAYS = "cutoff_with_days"
    CONTRADICTION = "contradiction"
    AMOUNT_REFUSED = "amount_refused"
    NOT_UNDERSTOOD = "not_understood"

    @property
    def text(self) -> str:
        """For the catalogue editor."""
        return _TEXTS[self]


_TEXTS = {
    ReviewReason.NOTHING_STATED: "không nêu thời hạn",
    ReviewReason.REFERS_ELSEWHERE: "dẫn chiếu đến thời hạn ở nơi khác",
    ReviewReason.SEVERAL_CASES: "nhiều thời hạn cho nhiều trường hợp",
    ReviewReason.SEVERAL_STAGES: "nhiều thời hạn cho nhiều bước",
    ReviewReason.RANGE: "thời hạn là một khoảng",
    ReviewReason.OTHER_START: "mốc tính không phải ngày tiếp nhận hồ sơ",
    ReviewReason.BEFORE_EVENT: "thời hạn tính lùi trước một sự kiện",
    ReviewReason.UNIT_MISSING: "có số nhưng không có đơn vị thời gian",
    ReviewReason.CLOCK_HOURS: "giờ liên tục hay giờ làm việc chưa rõ",
    ReviewReason.CUTOFF_WITH_DAYS: "mốc 15 giờ đi với thời hạn dài hơn một ngày",
    ReviewReason.CONTRADICTION: "số, đơn vị và nội dung không khớp nhau",
    ReviewReason.AMOUNT_REFUSED: "con số không dùng được làm thời hạn",
    ReviewReason.NOT_UNDERSTOOD: "câu chữ chưa đọc được chắc chắn",
}


@dataclass(frozen=True, slots=True)
class LimitCase:
    """A limit that holds in one case, with the words that name the case."""

    text: str
    limit: TimeLimit


@dataclass(frozen=True, slots=True)
class ParsedLimit:
    """The reading of one text. Exactly one of `limit` and `reason` is set.

    `alternatives` are the limits that were seen when none could be chosen; `extensions` are limits that
    hold only when something must be verified or prolonged, never the base limit.
    """

    text: str
    limit: TimeLimit | None
    reason: ReviewReason | None = None
    alternatives: tuple[LimitCase, ...] = ()
    extensions: tuple[LimitCase, ...] = ()

    @property
    def needs_review(self) -> bool:
        """Whether a person must read the text: it is shown as written and marked "cần rà soát"."""
        return self.limit is None

    @property
    def reason_code(self) -> str:
        """The reason as a stable code, empty when the limit was read."""
        return self.reason.value if self.reason else ""
