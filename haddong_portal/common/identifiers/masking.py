"""Identifiers as shown to those who need only recognise them."""

from __future__ import annotations

import re

DOT = "•"


def mask_id(number: str) -> str:
    """`001099012345` → `001•••••2345`; a shorter number shows its last three only; "" stays ""."""
    return _mask(number, shown_first=3 if len(number) >= 12 else 0, shown_last=4 if len(number) >= 12 else 3)


# As people and gateways write them: 0912345678, +84 912 345 678, 84-912-345-678, 024 3382 4567.
_PHONE_IN_TEXT = re.compile(r"(?<![\w+])(?:\+?84|0084|0)[ .\-]?[2-9](?:[ .\-]?[0-9]){8,9}(?![0-9])")


def mask_phones_in(text: str) -> str:
    """Every phone number within free text, masked: what others answered is kept without whom it was about."""
    return _PHONE_IN_TEXT.sub(lambda found: mask_phone(re.sub(r"[^0-9]", "", found[0])), text)


def mask_phone(phone: str) -> str:
    """`0912345678` → `091••••678`."""
    return _mask(phone, shown_first=3 if len(phone) >= 10 else 0, shown_last=3)


def _mask(text: str, *, shown_first: int, shown_last: int) -> str:
    hidden = len(text) - shown_first - shown_last
    if hidden <= 0:
        return DOT * len(text)
    return text[:shown_first] + DOT * hidden + text[-shown_last:]
