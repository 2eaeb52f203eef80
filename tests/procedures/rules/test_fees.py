"""A placeholder is never shown as free: the note rules, and an implausible number is no amount."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.rules.fees import FREE, fee_line, parse_fee_summary, parse_fees
from procedures.rules.parsed import ParsedFee


def one(amount: object, text: str = "", note: str = "") -> ParsedFee:
    fees, _ = parse_fees([{"type": "lệ phí", "amount_vnd": amount, "text": text}], 1, note)
    return fees[0]


def test_zero_without_a_note_is_free() -> None:
    assert one(0).amount_vnd == 0
    assert fee_line([one(0)]).is_free


@pytest.mark.parametrize("text", ["Do HĐND cấp tỉnh quy định", "Không", "Phí : 0 Đồng", "Miễn lệ phí cho hộ nghèo"])
def test_zero_with_a_note_is_unknown_and_says_the_note(text: str) -> None:
    fee = one(0, text)
    assert fee.amount_vnd is None
    line = fee_line([fee])
    assert not line.is_free
    assert line.text != FREE
    assert line.text == text


def test_the_note_of_the_way_of_filing_rules_over_a_bare_zero() -> None:
    assert one(0, "", "Mức lệ phí do Hội đồng nhân dân tỉnh quyết định").amount_vnd is None
    assert one(0, "", "Nộp tại bộ phận Một cửa").amount_vnd == 0


@pytest.mark.parametrize(("amount", "text"), [(1, "Miễn lệ phí qua mạng"), (120, "20.000 đ/tờ khai"), (500, "")])
def test_implausible_amounts_are_no_amounts(amount: int, text: str) -> None:
    assert one(amount, text).amount_vnd is None


def test_a_note_with_another_amount_leaves_both_as_words() -> None:
    fee = one(600000, "áp dụng mức 300.000 đồng/hồ sơ đến hết 2026")
    assert fee.amount_vnd is None
    assert fee.text.startswith("600.000 đồng; ")


def test_an_amount_with_its_unit_stands() -> None:
    fee = one(2000, "/trang")
    assert fee.amount_vnd == 2000
    assert fee_line([fee]).text == "2.000 đồng/trang"


@pytest.mark.parametrize("text", ["Không có thông tin (2)", "Lệ phí :  Đồng", "i"])
def test_empty_phrases_say_nothing(text: str) -> None:
    assert one(None, text) == ParsedFee(1, one(None, text).kind, None, "")


def test_fees_only_in_words_have_no_amount() -> None:
    fees, _ = parse_fee_summary("Lệ phí: Không có")
    assert [(fee.amount_vnd, fee.text) for fee in fees] == [(None, "Lệ phí: Không có")]
    assert not fee_line(fees).is_free


def test_lines_of_several_channels() -> None:
    assert (
        fee_line([ParsedFee(1, "duty", 20000), ParsedFee(2, "duty", 10000)]).text
        == "10.000 đồng đến 20.000 đồng, tùy cách nộp"
    )
    assert fee_line([]).is_free is False
    assert fee_line([ParsedFee(1, "duty", 0), ParsedFee(2, "duty", None, "theo quy định")]).is_free is False


@given(st.lists(st.tuples(st.none() | st.integers(0, 10**7), st.text(max_size=20)), max_size=4))
def test_nothing_but_bare_zeroes_is_ever_free(rows: list[tuple[int | None, str]]) -> None:
    fees, _ = parse_fees([{"amount_vnd": amount, "text": text} for amount, text in rows], None, "")
    if fee_line(fees).is_free:
        assert rows
        assert all(amount == 0 and not text.strip() or amount == 0 for amount, text in rows)
        assert all(fee.amount_vnd == 0 for fee in fees)
