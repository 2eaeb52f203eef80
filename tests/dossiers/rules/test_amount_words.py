"""Amounts in words: as people read them aloud, and each amount in words of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.rules.amount_words import amount_in_words

AMOUNTS = st.integers(min_value=0, max_value=2_000_000_000)
VALUES = {"một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
SCALES = {"nghìn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000}


def read_aloud(words: str) -> int:
    """The number of its words: the way back, written for itself."""
    total = group = digit = 0
    for word in words.lower().removesuffix(" đồng").split():
        if word in SCALES:
            total, group, digit = total + (group + digit) * SCALES[word], 0, 0
        elif word == "trăm":
            group, digit = digit * 100, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "mười":
            group, digit = group + 10, 0
        elif word not in ("linh", "không"):
            digit = VALUES[word]
    return total + group + digit


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (8_000, "Tám nghìn đồng"),
        (15_000, "Mười lăm nghìn đồng"),
        (21_500, "Hai mươi mốt nghìn năm trăm đồng"),
        (10_011, "Mười nghìn không trăm mười một đồng"),
        (105_005, "Một trăm linh năm nghìn không trăm linh năm đồng"),
        (1_000_000, "Một triệu đồng"),
        (1_016_000, "Một triệu không trăm mười sáu nghìn đồng"),
        (1_000_005, "Một triệu không trăm linh năm đồng"),
        (2_000_000_000, "Hai tỷ đồng"),
    ],
)
def test_amounts_are_read_as_people_read_them(amount: int, words: str) -> None:
    assert amount_in_words(amount) == words


@given(AMOUNTS)
def test_the_words_say_the_amount_and_no_other(amount: int) -> None:
    assert read_aloud(amount_in_words(amount)) == amount


@pytest.mark.parametrize("amount", [-1, 10**12])
def test_what_no_slip_can_say_is_refused(amount: int) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        amount_in_words(amount)
