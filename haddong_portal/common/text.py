"""Vietnamese text: folding for accent-free search, and sort keys that need no ICU in the database."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[^0-9a-z]+")
_D_WITH_STROKE = str.maketrans({"đ": "d", "Đ": "d"})

# The Vietnamese alphabet, with f, j, w, z of foreign names in their Latin places. Two digits a letter, from 20 on:
# a syllable's end (00 to 05, its tone) sorts before any further letter.
_ALPHABET = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: str(rank) for rank, letter in enumerate(_ALPHABET, start=20)}
_OTHER_LETTER = "99"
# Ngang (none), huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries.
_TONE = {"\u0300": "01", "\u0309": "02", "\u0303": "03", "\u0301": "04", "\u0323": "05"}
_LEVEL_TONE = "00"
_LETTER_MARKS = frozenset("\u0306\u0302\u031b")  # breve, circumflex, horn: they make another letter


def fold(text: str) -> str:
    """Lower case, no diacritics, đ as d, one space for anything that is neither letter nor digit.

    The same result as PostgreSQL's `unaccent(lower(…))` on Vietnamese text with punctuation collapsed. Different
    names fold to one (Lê Thị Lan, Lê Thị Lân): use it to find, never to identify.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_D_WITH_STROKE))
    return _NOT_WORD.sub(" ", "".join(char for char in decomposed if not unicodedata.combining(char))).strip()


def clean_text(text: str) -> str:
    """NFC, outer and doubled white space removed: how a name or address is stored."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def plain_number(text: str, digits_max: int = 18) -> int | None:
    """The number that was typed in plain digits; None for anything else. 18 digits are what a bigint surely holds."""
    return int(text) if len(text) <= digits_max and text.isascii() and text.isdecimal() else None


def vietnamese_sort_key(text: str) -> str:
    """Digits that sort as a Vietnamese dictionary does: syllable by syllable, letters first, then the tone.

    Only digits, so every collation agrees on the order. At most 2 × (length + 1) characters; "" sorts first.
    """
    return "".join(_syllable_key(syllable) for syllable in _syllables(text))


def person_sort_key(full_name: str) -> str:
    """Key for lists of people: given name (tên) first, then family name (họ), then middle names (đệm)."""
    parts = _syllables(full_name)
    ordered = [parts[-1], *parts[:-1]] if parts else []
    return "".join(_syllable_key(syllable) for syllable in ordered)


def _syllables(text: str) -> list[str]:
    lowered = unicodedata.normalize("NFC", text).lower()
    return "".join(char if char.isalnum() else " " for char in lowered).split()


def _syllable_key(syllable: str) -> str:
    letters = [_letter_and_tone(char) for char in syllable]
    tone = next((tone for _, tone in letters if tone), _LEVEL_TONE)
    return "".join(_RANK.get(letter, _OTHER_LETTER) for letter, _ in letters) + tone


def _letter_and_tone(char: str) -> tuple[str, str]:
    decomposed = unicodedata.normalize("NFD", char)
    tone = next((_TONE[mark] for mark in decomposed[1:] if mark in _TONE), "")
    kept = "".join(mark for mark in decomposed[1:] if mark in _LETTER_MARKS)
    return unicodedata.normalize("NFC", decomposed[0] + kept), tone
