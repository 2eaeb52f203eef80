"""Count attempts from one place in a window of time, in the shared cache."""

from __future__ import annotations

import logging

from django.core.cache import cache

logger = logging.getLogger("haddong.attempts")


def too_many_attempts(kind: str, value: str, *, most: int, window_s: int) -> bool:
    """Notes one more attempt of `value` ("survey", an address) and says whether that exceeds `most` in the window.

    The counter lives in the broker's server: while that is away nothing is limited, and the log says so.
    """
    key = f"attempts:{kind}:{value}"
    try:
        cache.add(key, 0, window_s)
        return int(cache.incr(key)) > most
    except Exception:
        logger.warning("attempts of %s are not counted", kind, exc_info=True)
        return False
