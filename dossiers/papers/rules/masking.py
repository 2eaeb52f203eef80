"""What of a name a stranger may read: enough to compare with the paper in hand, not enough to learn it."""

from __future__ import annotations

HIDDEN = "••"


def masked_name(name: str) -> str:
    """ "Trần Văn Tú" → "Trần V•• T••": the first word whole, of the others the first letter."""
    first, *others = name.split() or [""]
    return " ".join([first, *(word[0] + HIDDEN for word in others)])
