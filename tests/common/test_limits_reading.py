"""Texts in the shapes that real catalogues hold, written for this test: what is read, and what is left for review."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haddong_portal.common.limits import LimitUnit, ReviewReason, TimeLimit, parse_limit_text, structured_from_method

WORKING, CALENDAR, HOUR, MONTH = (
    LimitUnit.WORKING_DAY,
    LimitUnit.CALENDAR_DAY,
    LimitUnit.WORKING_HOUR,
    LimitUnit.CALENDAR_MONTH,
)
SAME_DAY = TimeLimit.same_day()

READ = [
    ("3 ngày làm việc", TimeLimit(3, WORKING)),
    ("07 Ngày làm việc", TimeLimit(7, WORKING)),
    ("Không quá 12 ngày làm việc.", TimeLimit(12, WORKING)),
    ("Tối đa là 9 ngày làm việc", TimeLimit(9, WORKING)),
    ("không quá 03 (ba) ngày làm việc", TimeLimit(3, WORKING)),
    ("Mười (10) ngày làm việc", TimeLimit(10, WORKING)),
    ("năm ngày làm việc", TimeLimit(5, WORKING)),
    ("06 ngày LV", TimeLimit(6, WORKING)),
    ("Trong thời hạn 05 ngày làm việc, kể từ ngày nhận đủ hồ sơ hợp lệ", TimeLimit(5, WORKING)),
    ("Thời hạn giải quyết: 8 ngày làm việc kể từ khi tiếp nhận hồ sơ đầy đủ, đúng quy định", TimeLimit(8, WORKING)),
    ("11 ngày làm việc (đối với hồ sơ hợp lệ)", TimeLimit(11, WORKING)),
    ("13 ngày làm việc kể từ ngày Phòng Tư pháp nhận được hồ sơ", TimeLimit(13, WORKING)),
    ("24 ngày làm việc (không tính thời gian niêm yết)", TimeLimit(24, WORKING)),
    (
        "• Trực tiếp: 04 ngày làm việc\n• Trực tuyến: 04 ngày làm việc\n• Bưu chính: 04 ngày làm việc",
        TimeLimit(4, WORKING),
    ),
    ("Qua dịch vụ bưu chính công ích: 6 ngày làm việc", TimeLimit(6, WORKING)),
    ("18 ngày làm việc, trong đó:\n- Phòng chuyên môn: 12 ngày\n- Ủy ban nhân dân: 6 ngày", TimeLimit(18, WORKING)),
    ("20 Ngày", TimeLimit(20, CALENDAR)),
    ("Không quá 25 ngày kể từ ngày ghi trên Giấy tiếp nhận hồ sơ", TimeLimit(25, CALENDAR)),
    ("1 ngày", TimeLimit(1, CALENDAR)),
    ("2 tuần", TimeLimit(14, CALENDAR)),
    ("03 tháng", TimeLimit(3, MONTH)),
    ("01 năm kể từ ngày nhận hồ sơ", TimeLimit(12, MONTH)),
    ("8 giờ làm việc", TimeLimit(8, HOUR)),
    ("02 giờ", TimeLimit(2, HOUR)),
    ("1,5 giờ", TimeLimit("1.5", HOUR)),
    ("½ ngày", TimeLimit("0.5", WORKING)),
    ("0,5 ngày làm việc", TimeLimit("0.5", WORKING)),
    ("nửa ngày", TimeLimit("0.5", WORKING)),
    ("Trong ngày làm việc", SAME_DAY),
    ("Giải quyết ngay trong ngày", SAME_DAY),
    ("trong ngày tiếp nhận yêu cầu", SAME_DAY),
    ("1 ngày làm việc; sau 15 giờ trả vào ngày làm việc tiếp theo", SAME_DAY),
    ("01 ngày làm việc (nhận sau 15h thì trả kết quả ngày hôm sau)", SAME_DAY),
    ("Trong ngày hoặc trong ngày làm việc tiếp theo nếu tiếp nhận sau 03 (ba) giờ chiều", SAME_DAY),
    ("Ngay trong ngày nhận hồ sơ, nếu nhận sau 15:00 mà chưa xong thì hẹn ngày làm việc tiếp theo", SAME_DAY),
    ("trong ngày làm việc, kể cả tiếp nhận sau 15 giờ", TimeLimit.same_day(rolls_after_15=False)),
]

REVIEW = [
    ("", ReviewReason.NOTHING_STATED),
    ("Không quy định", ReviewReason.NOTHING_STATED),
    ("[Đang cập nhật]", ReviewReason.NOTHING_STATED),
    ("0", ReviewReason.NOTHING_STATED),
    ("Theo thời hạn của thủ tục gốc", ReviewReason.REFERS_ELSEWHERE),
    ("Tùy theo hợp đồng giữa các bên", ReviewReason.REFERS_ELSEWHERE),
    ("5 - 7 ngày làm việc", ReviewReason.RANGE),
    ("từ 10 đến 15 ngày", ReviewReason.RANGE),
    ("Cấp mới: 7 ngày làm việc; cấp lại: 4 ngày làm việc", ReviewReason.SEVERAL_CASES),
    ("09 ngày đối với nhà ở riêng lẻ", ReviewReason.SEVERAL_CASES),
    ("16 ngày làm việc (đối với công trình cấp II)", ReviewReason.SEVERAL_CASES),
    ("04 ngày làm việc và 10 ngày", ReviewReason.SEVERAL_STAGES),
    ("Trực tiếp: 2 ngày làm việc; trực tuyến: 1 ngày làm việc", ReviewReason.SEVERAL_CASES),
    ("06 ngày, kể từ ngày kết thúc lớp bồi dưỡng", ReviewReason.OTHER_START),
    ("10 ngày làm việc kể từ khi có kết quả giám định", ReviewReason.OTHER_START),
    ("Chậm nhất 05 ngày làm việc trước khi tổ chức sự kiện", ReviewReason.BEFORE_EVENT),
    ("Chậm nhất là trước ngày 30 hằng tháng", ReviewReason.NOT_UNDERSTOOD),
    ("24 giờ", ReviewReason.CLOCK_HOURS),
    ("12", ReviewReason.UNIT_MISSING),
    ("0 giờ", ReviewReason.AMOUNT_REFUSED),
    ("9999 ngày", ReviewReason.AMOUNT_REFUSED),
    ("03 ngày làm việc; nhận sau 15 giờ thì tính từ ngày làm việc tiếp theo", ReviewReason.CUTOFF_WITH_DAYS),
    ("20 ngày, không tính ngày nghỉ, ngày lễ", ReviewReason.CONTRADICTION),
    ("Phòng Kinh tế thẩm định trong 5 ngày làm việc", ReviewReason.NOT_UNDERSTOOD),
    ("Giải quyết ngay", ReviewReason.NOT_UNDERSTOOD),
    ("30 phút", ReviewReason.NOT_UNDERSTOOD),
]


@pytest.mark.parametrize(("text", "limit"), READ)
def test_a_clear_text_is_read(text: str, limit: TimeLimit) -> None:
    parsed = parse_limit_text(text)
    assert parsed.limit == limit
    assert not parsed.needs_review
    assert parsed.reason_code == ""


@pytest.mark.parametrize(("text", "reason"), REVIEW)
def test_a_doubtful_text_is_left_for_review(text: str, reason: ReviewReason) -> None:
    parsed = parse_limit_text(text)
    assert parsed.limit is None
    assert parsed.needs_review
    assert parsed.reason == reason
    assert parsed.reason.text


EXTENDED = [
    ("03 ngày làm việc; trường hợp phải xác minh thì không quá 05 ngày làm việc", 3, 5),
    ("12 ngày làm việc, nếu vụ việc phức tạp không quá 20 ngày làm việc", 12, 20),
    ("Không quá 7 ngày làm việc kể từ ngày nhận hồ sơ. Có thể kéo dài thêm 3 ngày làm việc", 7, 3),
    ("Trực tiếp 05 ngày làm việc. Trường hợp cần lấy ý kiến cơ quan khác: 15 ngày làm việc", 5, 15),
]


@pytest.mark.parametrize(("text", "base", "extension"), EXTENDED)
def test_an_extension_is_kept_apart_from_the_base_limit(text: str, base: int, extension: int) -> None:
    parsed = parse_limit_text(text)
    assert parsed.limit == TimeLimit(base, WORKING)
    assert [case.limit for case in parsed.extensions] == [TimeLimit(extension, WORKING)]


def test_the_limit_for_sending_papers_back_is_not_the_base_limit() -> None:
    parsed = parse_limit_text("10 ngày làm việc. Hồ sơ chưa hợp lệ thì trong 02 ngày làm việc có văn bản hướng dẫn.")
    assert parsed.limit == TimeLimit(10, WORKING)
    assert parsed.extensions == ()


def test_cases_keep_their_words_and_limits_for_the_editor() -> None:
    parsed = parse_limit_text("1. Trường hợp cấp mới: 07 ngày làm việc\n2. Trường hợp cấp đổi: 04 ngày làm việc")
    assert [(case.text, case.limit.amount) for case in parsed.alternatives] == [
        ("trường hợp cấp mới", 7),
        ("trường hợp cấp đổi", 4),
    ]


@given(st.text(max_size=200))
def test_any_text_gets_an_answer(text: str) -> None:
    parsed = parse_limit_text(text)
    assert (parsed.limit is None) == (parsed.reason is not None)


@given(st.lists(st.sampled_from(
    ["3 ngày làm việc", "15 ngày", "kể từ", "ngày nhận", "hồ sơ", "sau 15 giờ", ";", "\n", ".", "(", ")", "trường hợp",
     "xác minh", "trong ngày", "không quá", "trong đó", "8 giờ", "- ", "1.", "đối với", "tiếp theo"]
), max_size=14))  # fmt: skip
def test_any_jumble_of_known_words_gets_an_answer(words: list[str]) -> None:
    parsed = parse_limit_text(" ".join(words))
    assert (parsed.limit is None) == (parsed.reason is not None)


METHODS = [
    ((5, "working_day", "5 ngày làm việc", ""), TimeLimit(5, WORKING), None),
    (("10", "day", "10 Ngày", ""), TimeLimit(10, CALENDAR), None),
    ((2.0, "hour", "02 Giờ", ""), TimeLimit(2, HOUR), None),
    ((0.5, "day", "0.5 ngày", ""), TimeLimit("0.5", WORKING), None),
    ((6, "month", "6 tháng", ""), TimeLimit(6, MONTH), None),
    ((3, "working_day", "", ""), TimeLimit(3, WORKING), None),
    ((1, "other", "", "Trong 06 ngày làm việc kể từ ngày nhận đủ hồ sơ"), TimeLimit(6, WORKING), None),
    ((1, "working_day", "1 ngày làm việc", "Nhận hồ sơ sau 15 giờ thì trả ngày làm việc tiếp theo"), SAME_DAY, None),
    ((1, "other", "", ""), None, ReviewReason.NOTHING_STATED),
    ((None, None, "Không quy định", ""), None, ReviewReason.NOTHING_STATED),
    ((5, "other", "", ""), None, ReviewReason.UNIT_MISSING),
    ((0, "hour", "0 Giờ", ""), None, ReviewReason.AMOUNT_REFUSED),
    ((5, "working_day", "15 ngày", ""), None, ReviewReason.CONTRADICTION),
    ((3, "working_day", "3 ngày làm việc", "Trong ngày; nhận sau 15 giờ thì ngày làm việc tiếp theo"), None,
     ReviewReason.CUTOFF_WITH_DAYS),
]  # fmt: skip


@pytest.mark.parametrize(("method", "limit", "reason"), METHODS)
def test_a_record_of_number_unit_text_and_note(
    method: tuple[object, str, str, str], limit: TimeLimit | None, reason: ReviewReason | None
) -> None:
    parsed = structured_from_method(*method)  # type: ignore[arg-type] - records are untyped
    assert (parsed.limit, parsed.reason) == (limit, reason)


@pytest.mark.parametrize(
    "word", ["hồ sơ ", "theo đúng quy định ", "kể từ ngày nhận đủ ", "5 ngày ", "( ", "sau 15 giờ "]
)
@pytest.mark.timeout(60)
def test_long_texts_do_not_run_away(word: str) -> None:
    # A pattern with runaway backtracking would not come back within the time-out.
    text = "3 ngày làm việc kể từ ngày nhận " + word * (3_900 // len(word)) + "!"
    assert parse_limit_text(text).text == text


def test_a_narrative_is_not_read_at_all() -> None:
    parsed = parse_limit_text("3 ngày làm việc." + " Người nộp nhận kết quả tại quầy." * 200)
    assert parsed.reason == ReviewReason.NOT_UNDERSTOOD
