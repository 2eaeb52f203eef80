"""What goes wrong between the card's QR code and the text that arrives, and how to tell.

A keyboard-wedge scanner types the payload; a wrong code page, an input method or a keyboard layout can change it on
the way. Damage that makes the name unusable is refused with advice; a mere doubt becomes a remark.
"""

from __future__ import annotations

import re
import unicodedata

from haddong_portal.common.errors import DomainError
from haddong_portal.common.identifiers.remarks import Remark

_UNREADABLE = re.compile("[\ufffd\ud800-\udfff\x00-\x08\x0e-\x1b\x7f-\x9f]")
_QUESTION_MARK_IN_WORD = re.compile(r"\w\?|\?\w")
_TELEX_WORD = re.compile(r"(?:aa|ee|dd|[aou]w)|[aeiouy][a-z]*[sfrxj]$", re.IGNORECASE)
# A Windows-1258 letter and tone read as two Western letters ("TrâÌn").
_SPLIT_TONE = re.compile("[âêôăơưÂÊÔĂƠƯ][ìòÌÒ]")
# Western letters that no Vietnamese name has, Kinh or minority (ñ, č, ƀ, ĕ, ĭ, ŏ, ŭ are in use): old code pages.
_FOREIGN_LETTERS = frozenset("ÄÅÆÇËÎÏÖØÛÜÞßäåæçëîïöøûüþÿð")
_NAME_PUNCTUATION = frozenset(" '’-.")
# What the Windows Vietnamese layout types for the digit keys: ă â ê ô, five tone marks, đ (decomposed).
_DIGIT_KEYS_MARKS = frozenset("aeoAEOđĐ0\u0306\u0302\u0300\u0309\u0303\u0301\u0323₫")


def refuse_mojibake(raw: str) -> None:
    """Refuse text whose UTF-8 bytes were read in another code page; `raw` must not be normalised yet."""
    if _UNREADABLE.search(raw) or _was_utf8(raw):
        raise _mojibake()


def refuse_typed_id(number: str) -> None:
    """Refuse an ID whose digits the Vietnamese keyboard layout turned into letters and marks."""
    decomposed = unicodedata.normalize("NFD", number)
    if decomposed and not decomposed.isascii() and set(decomposed) <= _DIGIT_KEYS_MARKS:
        raise _keyboard()


def refuse_damaged_text(name: str, address: str) -> None:
    """Refuse a name with digits (VNI typing), and letters of another code page in name or address."""
    if any(char.isdigit() for char in name):
        raise _input_method()
    lost = any(_QUESTION_MARK_IN_WORD.search(text) or _SPLIT_TONE.search(text) for text in (name, address))
    if lost or not all(_belongs_in_name(char) for char in name):
        raise _mojibake()


def doubts(name: str, address: str) -> list[Remark]:
    """Remarks on text that may have lost its diacritics or be spelt as typed with Telex."""
    if not (name + address).isascii():
        return []
    if sum(bool(_TELEX_WORD.search(word)) for word in name.split()) > len(name.split()) // 2:
        return [
            Remark("card.telex", "Họ tên giống chữ gõ Telex chưa bỏ dấu. Hãy tắt bộ gõ rồi quét lại, hoặc sửa tay.")
        ]
    return [
        Remark("card.no_diacritics", "Máy quét làm mất dấu tiếng Việt. Hãy đối chiếu với thẻ và sửa họ tên, địa chỉ.")
    ]


def _was_utf8(raw: str) -> bool:
    """Whether the characters, taken back to the bytes of a Western code page, spell non-ASCII UTF-8."""
    return not raw.isascii() and any(_respells(raw, page) for page in ("cp1252", "cp1258"))


def _respells(raw: str, page: str) -> bool:
    try:
        raw.encode(page).decode()
    except UnicodeError:
        return False
    return True


def _belongs_in_name(char: str) -> bool:
    if char.isalpha():
        return "LATIN" in unicodedata.name(char, "") and char not in _FOREIGN_LETTERS
    return char in _NAME_PUNCTUATION or bool(unicodedata.combining(char))


def _mojibake() -> DomainError:
    return DomainError(
        "card.mojibake",
        "Chữ tiếng Việt đọc từ thẻ bị lỗi phông. Hãy quét lại; nếu vẫn lỗi, đặt máy quét ở bảng mã UTF-8.",
        "payload",
    )


def _keyboard() -> DomainError:
    return DomainError(
        "card.keyboard",
        "Bàn phím đang ở kiểu gõ tiếng Việt nên số bị đổi thành chữ. Hãy chuyển sang bàn phím ENG rồi quét lại.",
        "payload",
    )


def _input_method() -> DomainError:
    return DomainError(
        "card.input_method",
        "Họ tên lẫn chữ số do bộ gõ (VNI). Hãy tắt bộ gõ tiếng Việt rồi quét lại.",
        "payload",
    )
