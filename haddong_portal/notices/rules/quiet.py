"""Quiet hours: when a message of a channel must wait, and until when. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from haddong_portal.common.clock import local


@dataclass(frozen=True)
class QuietWindow:
    """From `starts` (included) to `ends` (excluded), every day; over midnight when `ends` is earlier."""

    starts: time
    ends: time


def sending_time(at: datetime, window: QuietWindow | None) -> datetime:
    """The first moment, `at` or later, outside the window (in Vietnam time)."""
    moment = local(at)
    if window is None or not _holds(window, moment.time()):
        return at
    day = moment.date()
    if window.ends <= moment.time():
        day += timedelta(days=1)
    return datetime.combine(day, window.ends, tzinfo=moment.tzinfo)


def _holds(window: QuietWindow, at: time) -> bool:
    if window.starts == window.ends:
        return False
    if window.starts < window.ends:
        return window.starts <= at < window.ends
    return at >= window.starts or at < window.ends


def read_window(text: str) -> QuietWindow:
    """`21:00-07:00`; raises ValueError for anything else."""
    starts, _, ends = text.partition("-")
    return QuietWindow(time.fromisoformat(starts.strip()), time.fromisoformat(ends.strip()))
