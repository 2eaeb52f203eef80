"""Limits per way of filing: structured where the text allows it, else kept for a person to read."""

from __future__ import annotations

from typing import Any

from haddong_portal.common.limits import LimitUnit, TimeLimit
from procedures.rules.parsed import ParsedLimit
from procedures.rules.time_limits import limit_of_method, limit_of_summary, merge_limits, time_sentences
from tests.procedures.records import method


def read(summary: str = "", **changes: Any) -> ParsedLimit | None:
    return limit_of_method(method("direct", **changes), 1, summary)


def test_a_number_with_its_unit() -> None:
    found = read()
    assert found is not None
    assert found.limit == TimeLimit(3, LimitUnit.WORKING_DAY)


def test_unit_other_is_no_number_and_the_summary_speaks() -> None:
    found = read("3 ngày làm việc", time_value=1, time_unit="other", time_text="")
    assert found is not None
    assert found.limit == TimeLimit(3, LimitUnit.WORKING_DAY)


def test_the_remark_speaks_when_nothing_else_does() -> None:
    found = read(
        time_value=None,
        time_unit=None,
        time_text="",
        note="Nộp tại quầy. Trong thời hạn 07 ngày làm việc kể từ ngày nhận đủ hồ sơ.",
    )
    assert found is not None
    assert found.limit == TimeLimit(7, LimitUnit.WORKING_DAY)


def test_unread_texts_are_kept_for_review() -> None:
    found = read(time_value=None, time_unit=None, time_text="Theo thời hạn của cơ quan cấp trên")
    assert found is not None
    assert found.limit is None
    assert found.reason
    assert "cơ quan cấp trên" in found.text


def test_nothing_said_is_no_limit() -> None:
    assert read(time_value=1, time_unit="other", time_text="") is None
    assert read(time_value=None, time_unit=None, time_text="Không có thông tin") is None
    assert limit_of_summary("Không có thông tin cụ thể") is None


def test_equal_limits_of_all_channels_fall_together() -> None:
    three = TimeLimit(3, LimitUnit.WORKING_DAY)
    merged = merge_limits([ParsedLimit(1, three, "3 ngày làm việc"), ParsedLimit(2, three, "3 ngày làm việc")])
    assert merged == [ParsedLimit(None, three, "3 ngày làm việc")]


def test_two_limits_of_one_channel_go_to_review_with_both_texts() -> None:
    merged = merge_limits(
        [
            ParsedLimit(1, TimeLimit(3, LimitUnit.WORKING_DAY), "cấp xã 3 ngày"),
            ParsedLimit(1, TimeLimit(7, LimitUnit.WORKING_DAY), "cấp tỉnh 7 ngày"),
        ]
    )
    assert merged[0].limit is None
    assert merged[0].reason == "several_cases"
    assert merged[0].text == "cấp xã 3 ngày\ncấp tỉnh 7 ngày"


def test_only_sentences_about_time_are_kept_of_a_long_remark() -> None:
    assert time_sentences("Nộp tại quầy.\nTrong 05 ngày làm việc.\nXin cảm ơn.") == "Trong 05 ngày làm việc."
