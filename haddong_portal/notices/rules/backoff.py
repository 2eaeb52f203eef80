"""When to try again: doubling waits with a ceiling, and an end."""

from __future__ import annotations

from datetime import timedelta

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)


def wait_after(attempts: int) -> timedelta:
    """The wait after the given number of failed attempts (1 → 30 s, 2 → 60 s, … up to an hour)."""
    if attempts < 1:
        raise ValueError("attempts start at 1")
    doublings: int = 2 ** min(attempts - 1, 10)
    return min(FIRST_WAIT * doublings, LONGEST_WAIT)
