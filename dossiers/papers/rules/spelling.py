"""Text without diacritics, letter for letter, and names compared as a reader would who forgives a scanner."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher
from enum import StrEnum

from haddong_portal.common.text import fold

NEAR_RATIO = 0.88
_STROKED = {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"}


class Likeness(StrEnum):
    """How two names stand to each other."""

    SAME = "same"
    NEAR = "near"
    OTHER = "other"
    UNKNOWN = "unknown"


def flat(text: str) -> str:
    """Lower case without diacritics, each letter in its place: what is found here is cut from `text` by position.

    `text` must be NFC, as `composed` gives it.
    """
    return "".join(_flat_letter(letter) for letter in text)


def composed(text: str) -> str:
    """Text as it is kept: composed letters, plain spaces and line ends, no other control characters."""
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    spaced = "".join(" " if letter != "\n" and letter.isspace() else letter for letter in plain)
    return "".join(letter for letter in spaced if letter == "\n" or letter.isprintable())


def likeness(one: str, other: str) -> Likeness:
    """Names compared without diacritics; a letter misread leaves them near, not the same."""
    first, second = fold(one), fold(other)
    if not first or not second:
        return Likeness.UNKNOWN
    if first.replace(" ", "") == second.replace(" ", ""):  # scanners part wide capitals: "NG UYEN"
        return Likeness.SAME
    close = SequenceMatcher(None, first, second, autojunk=False).ratio() >= NEAR_RATIO
    return Likeness.NEAR if close and len(first.split()) == len(second.split()) else Likeness.OTHER


def _flat_letter(letter: str) -> str:
    if letter in _STROKED:
        return _STROKED[letter]
    plain = unicodedata.normalize("NFD", letter)[0].lower()
    return plain if len(plain) == 1 else letter
