"""Foreign text becomes plain text: nothing that could hide, run or break reaches the database."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.rules.cleaning import (
    LIST_MAX,
    TEXT_MAX,
    as_count,
    as_list,
    as_money_vnd,
    clean_block,
    clean_line,
    without_bullet,
)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<script>alert(1)</script>Tờ khai", "Tờ khai"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Tờ khai", "Tờ khai"),
        ("<p>Dòng 1</p><p>Dòng 2</p>", "Dòng 1\n\nDòng 2"),
        ('<img src=x onerror="alert(1)">Đơn', "Đơn"),
        ("<b>Đơn</b> theo mẫu", "Đơn theo mẫu"),
        ("Xe < 5 tấn và > 3 tấn", "Xe < 5 tấn và > 3 tấn"),
        ("đăng k\u200eý\u200b\ufeff", "đăng ký"),
        ("a\x00b\x07c", "abc"),
        ("x\ud800y", "xy"),
        ("một\u00a0hai\r\nba", "một hai\nba"),
        ("e\u0302\u0301", "ế"),
    ],
)
def test_markup_and_unseen_characters_go_and_words_stay(dirty: str, clean: str) -> None:
    assert clean_block(dirty) == clean


@pytest.mark.parametrize("odd", [None, True, {"a": 1}, float("nan"), 10**400, object(), b"x"])
def test_what_is_no_text_is_empty(odd: object) -> None:
    assert clean_line(odd) == ""


def test_huge_text_is_cut_not_kept() -> None:
    assert len(clean_block("ă" * (TEXT_MAX * 3))) == TEXT_MAX


def test_huge_list_is_cut() -> None:
    assert len(as_list(list(range(LIST_MAX * 2)))) == LIST_MAX


@given(st.text())
def test_cleaning_is_safe_and_settles(text: str) -> None:
    once = clean_block(text)
    assert clean_block(once) == once or "<" in once or "&" in once
    assert unicodedata.is_normalized("NFC", once)
    assert "\x00" not in once
    once.encode("utf-8")


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_numbers_are_never_negative_or_odd(value: object) -> None:
    for read in (as_count, as_money_vnd):
        number = read(value)
        assert number is None or (isinstance(number, int) and number >= 0)


@pytest.mark.parametrize(
    ("value", "count"), [(1, 1), ("2", 2), (1.0, 1), (True, None), (-1, None), (1.5, None), ("x", None)]
)
def test_counts(value: object, count: int | None) -> None:
    assert as_count(value) == count


def test_bullets_go_but_words_that_start_with_o_stay() -> None:
    assert without_bullet("o Đơn đề nghị") == "Đơn đề nghị"
    assert without_bullet("- + Đơn") == "Đơn" or without_bullet("- Đơn") == "Đơn"
    assert without_bullet("ong mật") == "ong mật"
