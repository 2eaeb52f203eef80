"""The old 9-digit identity card number (CMND): no longer valid since 2025, kept to find older papers."""

from __future__ import annotations

from haddong_portal.common.errors import DomainError
from haddong_portal.common.identifiers.personal_id import SEPARATORS

DIGITS = 9


def check_old_id(text: str) -> str:
    """The nine digits, separators removed; raises DomainError identifiers.old_id."""
    number = "".join(char for char in text if char not in SEPARATORS)
    if len(number) == DIGITS and number.isascii() and number.isdigit():
        return number
    raise DomainError("identifiers.old_id", "Số CMND cũ phải có 9 chữ số.", "old_id")
