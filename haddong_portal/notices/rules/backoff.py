"""When to try again: doubling waits with a ceiling, and an end."""

from __future__ import annotations

from datetime import timedelta

# How long a message can still wait after its provider is back.
LONGEST_WAIT = timedelta(minutes=10)


def wait_after(attempts: int, *, first: timedelta) -> timedelta:
    """The wait after the given number of failed attempts (1 → `first`, 2 → twice that, … up to ten minutes)."""
    if attempts < 1:
        raise ValueError("attempts start at 1")
    doublings: int = 2 ** min(attempts - 1, 10)
    return min(first * doublings, LONGEST_WAIT)


def is_spent(*, attempts: int, age: timedelta, attempts_max: int, age_max: timedelta) -> bool:
    """Whether the budget of tries is used up: so many attempts, or so long since the first was due."""
    return attempts >= attempts_max or age >= age_max
