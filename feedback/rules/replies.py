"""What of a filled-in second page counts. Nothing is required, and what was not offered is not kept."""

from __future__ import annotations

from collections.abc import Mapping, Set

COMMENT_LENGTH_MAX = 2000


def valid_replies(given: Mapping[str, str], offered: Mapping[str, Set[int]]) -> dict[str, int]:
    """question code → choice, for each question whose given value is one of the offered ones."""
    return {
        code: int(text)
        for code, text in given.items()
        if text.isascii() and text.isdigit() and len(text) < 4 and int(text) in offered.get(code, frozenset())
    }


def kept_comment(text: str) -> str:
    """The comment as stored: outer space removed, at most 2,000 characters, no control characters but line ends."""
    readable = "".join(char for char in text if char.isprintable() or char == "\n")
    return readable.strip()[:COMMENT_LENGTH_MAX].rstrip()
