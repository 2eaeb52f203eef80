"""Folding for search and the order of the Vietnamese alphabet."""

from __future__ import annotations

import itertools
import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haddong_portal.common.text import clean_text, fold, person_sort_key, vietnamese_sort_key

ALPHABET = [*"aăâbcdđeêghiklmnoôơpqrstuưvxy"]
TONES = ["ma", "mà", "mả", "mã", "má", "mạ"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng ký khai sinh", "dang ky khai sinh"),
        ("  ĐƯỜNG   Nguyễn-Trãi (số 5) ", "duong nguyen trai so 5"),
        ("Hòa / Hoà", "hoa hoa"),
        (unicodedata.normalize("NFD", "Mỗ Lao"), "mo lao"),
        ("", ""),
        ("…", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text).isascii()


def test_clean_text_composes_and_collapses() -> None:
    assert clean_text(unicodedata.normalize("NFD", "  Nguyễn \n Văn\tAn ")) == "Nguyễn Văn An"


@pytest.mark.parametrize("letters", [ALPHABET, TONES])
def test_letters_and_tones_sort_as_the_dictionary_does(letters: list[str]) -> None:
    shuffled = random.Random(7).sample(letters, len(letters))
    assert sorted(shuffled, key=vietnamese_sort_key) == letters


def test_letters_decide_before_tones_and_syllables_before_length() -> None:
    ordered = ["ba", "ba chi", "bà", "bà Ba", "bạ", "ban", "bàn", "băn", "bân", "đa", "e"]
    assert sorted(reversed(ordered), key=vietnamese_sort_key) == ordered


def test_people_sort_by_given_name_then_family_name() -> None:
    ordered = ["Lê Thị An", "Nguyễn Văn An", "Nguyễn Văn Ân", "Đỗ Thị Bích", "Trần Đức", "Phạm Ngọc Ánh Dương"]
    expected = [ordered[0], ordered[1], ordered[2], ordered[3], ordered[5], ordered[4]]
    assert sorted(ordered, key=person_sort_key) == expected


@given(st.text(max_size=60))
def test_keys_are_digits_of_bounded_length(text: str) -> None:
    key = vietnamese_sort_key(text)
    assert key == "" or (key.isascii() and key.isdigit())
    assert len(key) <= 2 * (len(unicodedata.normalize("NFC", text).lower()) + 1)


def test_composed_and_decomposed_text_sort_alike() -> None:
    for name in ("Nguyễn Thị Hường", "Đỗ Ứng"):
        assert vietnamese_sort_key(unicodedata.normalize("NFD", name)) == vietnamese_sort_key(name)


def test_different_syllables_have_different_keys() -> None:
    syllables = ["".join(pair) for pair in itertools.product("bcdđ", "aăâeêioôơuưy")] + TONES
    assert len({vietnamese_sort_key(syllable) for syllable in syllables}) == len(syllables)
