"""How long to wait before the next try, and when to stop (pure)."""

from __future__ import annotations


def wait_seconds(attempts: int, *, first: float, most: float) -> float:
    """After so many tries: the first wait, doubled with each try, never more than `most`."""
    return min(most, first * 2.0 ** min(max(attempts - 1, 0), 30))


def has_given_up(attempts: int, *, tries_max: int) -> bool:
    return attempts >= tries_max


def pause_seconds(failures_in_row: int, *, after: int, first: float, most: float) -> float:
    """How long an agency is left in peace after so many failures in a row; 0 for not at all."""
    over = failures_in_row - after
    return min(most, first * 2.0 ** min(over, 30)) if over >= 0 else 0.0
