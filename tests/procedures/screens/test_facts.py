"""The words of the three facts: certain things plainly, uncertain ones as such."""

from __future__ import annotations

import pytest

from procedures.rules import facts


def limit(words: str, channel: int | None = None, *, needs_review: bool = False) -> dict[str, object]:
    return {"channel": channel, "words": words, "needs_review": needs_review}


def fee(amount_vnd: int | None, text: str = "", channel: int | None = None) -> dict[str, object]:
    return {"channel": channel, "kind": "duty", "amount_vnd": amount_vnd, "text": text}


def test_one_limit_is_told_as_it_is() -> None:
    assert facts.limit_fact([limit("03 ngày làm việc")]).value == "03 ngày làm việc"


@pytest.mark.parametrize("limits", [[], [limit("Theo hồ sơ", needs_review=True)]])
def test_an_unread_limit_is_in_review(limits: list[dict[str, object]]) -> None:
    told = facts.limit_fact(limits)
    assert (told.value, told.note, told.certain) == (facts.IN_REVIEW, facts.ASK_DESK, False)


def test_limits_that_differ_are_told_by_channel() -> None:
    told = facts.limit_fact([limit("03 ngày làm việc", 1), limit("02 ngày làm việc", 2)])
    assert told.note == "trực tiếp 03 ngày làm việc; trực tuyến 02 ngày làm việc"


def test_the_same_day_rule_stands_in_small_type() -> None:
    told = facts.limit_fact([limit("Trong ngày làm việc; tiếp nhận sau 15 giờ thì trả trong ngày làm việc tiếp theo")])
    assert told.value == "Trong ngày làm việc"
    assert told.note.startswith("tiếp nhận sau 15 giờ")


@pytest.mark.parametrize(
    ("fees", "value"),
    [
        ([fee(0)], "Miễn phí"),
        ([fee(8000)], "8.000 đồng"),
        ([fee(2000, "/trang")], "2.000 đồng/trang"),
        ([fee(None, "Theo quy định của HĐND thành phố")], "Theo quy định của HĐND thành phố"),
        ([fee(None)], facts.IN_REVIEW),
        ([], facts.IN_REVIEW),
    ],
)
def test_a_fee_is_free_only_by_law(fees: list[dict[str, object]], value: str) -> None:
    assert facts.fee_fact(fees).value == value


@pytest.mark.parametrize(
    ("name", "head", "rest"),
    [
        ("Tờ khai", "Tờ khai", ""),
        ("Giấy báo tử bản chính. " + "x" * 90, "Giấy báo tử bản chính", "x" * 90),
        ("Hộ chiếu hoặc thẻ căn cước (" + "x" * 90 + ")", "Hộ chiếu hoặc thẻ căn cước", "(" + "x" * 90 + ")"),
        ("y" * 300, "y" * 300, ""),
    ],
)
def test_a_long_name_is_split_where_its_explanation_begins(name: str, head: str, rest: str) -> None:
    assert facts.head_and_rest(name) == (head, rest)


def test_common_papers_are_those_of_every_case() -> None:
    one, two = {"name": "Tờ khai"}, {"name": "Giấy chứng sinh"}
    assert facts.common_papers([[one, two], [one]]) == [one]
    assert facts.common_papers([]) == []
