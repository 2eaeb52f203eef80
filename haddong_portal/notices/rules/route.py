"""Which gateways to try, in which order. Pure.

A provider that refuses for good is followed at once by the next; one that fails for the moment takes turns with the
next. A message that a provider may have taken (it did not answer, or the worker died) goes to the same provider
again under the same key, so that nobody reads it twice; only after DOUBTS_MAX such tries is another one asked.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

DOUBTS_MAX = 3
# So many failures of a provider in a row, the last one so lately, and it is asked last.
FAILURES_OPEN = 5
OPEN_LASTS = timedelta(minutes=1)


@dataclass(frozen=True)
class Tried:
    """One earlier attempt on a gateway: of any message."""

    at: datetime
    failed: bool


def is_failing(latest: Sequence[Tried], now: datetime) -> bool:
    """Whether a provider is down: its latest attempts (newest first) all failed, and the last was just now."""
    recent = latest[:FAILURES_OPEN]
    return len(recent) == FAILURES_OPEN and all(tried.failed for tried in recent) and now - recent[0].at < OPEN_LASTS


def route(
    names: Sequence[str],
    *,
    last: str = "",
    doubts: int = 0,
    refused: Collection[str] = (),
    failing: Collection[str] = (),
) -> list[str]:
    """The gateways to try now, first one first; empty when all have refused for good.

    `last` had the previous attempt, `doubts` counts the attempts whose fate nobody knows.
    """
    usable = [name for name in names if name not in refused]
    if last in usable and 0 < doubts < DOUBTS_MAX:
        return [last]
    if last in usable:
        after = usable.index(last) + 1
        usable = usable[after:] + usable[:after]
    return sorted(usable, key=lambda name: name in failing)
