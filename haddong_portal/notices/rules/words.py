"""Filling a template and measuring it: pure text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")

# GSM 03.38: the letters of one SMS of 160. Vietnamese letters are not among them and make it one of 70 (UCS-2).
GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
# These cost two places each.
GSM_EXTENDED = frozenset("^{}\\[~]|€\f")


@dataclass(frozen=True)
class SmsLength:
    """What a text costs as SMS: places used, messages, places left in the last one."""

    places: int
    segments: int
    left: int
    is_gsm: bool


def fill(template: str, facts: Mapping[str, str]) -> str:
    """The template with its {placeholders} filled; an unknown placeholder raises KeyError naming it.

    Only plain names are placeholders, so a hostile fact can never reach attributes as str.format would.
    """
    return PLACEHOLDER.sub(lambda match: facts[match.group(1)], template)


def placeholders(template: str) -> frozenset[str]:
    return frozenset(PLACEHOLDER.findall(template))


def sms_length(text: str) -> SmsLength:
    """Length in the SMS alphabet that the text needs (GSM 03.38: 160, joined 153; UCS-2: 70, joined 67)."""
    is_gsm = all(char in GSM_BASIC or char in GSM_EXTENDED for char in text)
    if is_gsm:
        places, single, joined = len(text) + sum(char in GSM_EXTENDED for char in text), 160, 153
    else:
        places, single, joined = len(text.encode("utf-16-le")) // 2, 70, 67
    segments = 1 if places <= single else ceil(places / joined)
    return SmsLength(places, segments, (single if segments == 1 else segments * joined) - places, is_gsm)


def sms_segments(text: str) -> int:
    """How many SMS the text costs."""
    return sms_length(text).segments
