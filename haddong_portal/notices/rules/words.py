"""Filling a template and measuring it: pure text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import ceil

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")

# One SMS holds 160 characters of the GSM alphabet, 70 of any other (Vietnamese letters); joined ones a little less.
GSM_EXTRA = "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉÄÖÑÜ§¿äöñüà"


def fill(template: str, facts: Mapping[str, str]) -> str:
    """The template with its {placeholders} filled; an unknown placeholder raises KeyError naming it.

    Only plain names are placeholders, so a hostile fact can never reach attributes as str.format would.
    """
    return PLACEHOLDER.sub(lambda match: facts[match.group(1)], template)


def placeholders(template: str) -> frozenset[str]:
    return frozenset(PLACEHOLDER.findall(template))


def sms_segments(text: str) -> int:
    """How many SMS the text costs (GSM 03.38: 160/153 characters; with Vietnamese letters UCS-2: 70/67)."""
    plain = all(ord(char) < 128 or char in GSM_EXTRA for char in text)
    single, joined = (160, 153) if plain else (70, 67)
    return 1 if len(text) <= single else ceil(len(text) / joined)
