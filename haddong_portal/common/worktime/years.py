"""One year of working time, summed up once so that every question is a look-up or a bisection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from haddong_portal.common.worktime.hours import Session, seconds_of_day

SpanS = tuple[int, int]
"""(start, end) of a session in seconds of the day."""


@dataclass(frozen=True, slots=True)
class YearIndex:
    """Working days of a year and the seconds worked before each of them.

    `ordinals[i]` is the i-th working day; `before_s[i]` the working seconds of the year before it
    (one entry more than there are days: the last is the year's total); `spans[i]` its sessions.
    """

    ordinals: tuple[int, ...]
    before_s: tuple[int, ...]
    spans: tuple[tuple[SpanS, ...], ...]

    @property
    def total_s(self) -> int:
        return self.before_s[-1]

    @property
    def day_count(self) -> int:
        return len(self.ordinals)

    def days_until(self, on: date) -> int:
        """Working days of this year up to and including `on`."""
        return bisect_right(self.ordinals, on.toordinal())

    def days_before(self, on: date) -> int:
        """Working days of this year before `on`."""
        return bisect_left(self.ordinals, on.toordinal())

    def worked_s(self, on: date, second: int) -> int:
        """Working seconds of this year before second `second` of day `on`."""
        ordinal = on.toordinal()
        place = bisect_left(self.ordinals, ordinal)
        worked = self.before_s[place]
        if place < len(self.ordinals) and self.ordinals[place] == ordinal:
            for start, end in self.spans[place]:
                if second <= start:
                    break
                worked += min(second, end) - start
        return worked

    def locate_end(self, worked_s: int) -> tuple[date, int]:
        """The earliest (day, second) by which `worked_s` (> 0) seconds are worked: 12:00 rather than 13:00."""
        place = bisect_left(self.before_s, worked_s) - 1
        rest = worked_s - self.before_s[place]
        for start, end in self.spans[place]:
            if rest <= end - start:
                return date.fromordinal(self.ordinals[place]), start + rest
            rest -= end - start
        raise AssertionError("a year's sums do not match its sessions")

    def locate_start(self, worked_s: int) -> tuple[date, int]:
        """The latest (day, second) before which exactly `worked_s` (< total) are worked: 13:00 rather than 12:00."""
        place = bisect_right(self.before_s, worked_s) - 1
        rest = worked_s - self.before_s[place]
        for start, end in self.spans[place]:
            if rest < end - start:
                return date.fromordinal(self.ordinals[place]), start + rest
            rest -= end - start
        raise AssertionError("a year's sums do not match its sessions")


def build_year(year: int, sessions_of: Callable[[date], tuple[Session, ...]]) -> YearIndex:
    """Sum up a year; `sessions_of` gives a day's working sessions, empty for a day off."""
    ordinals: list[int] = []
    before_s = [0]
    spans: list[tuple[SpanS, ...]] = []
    on, following = date(year, 1, 1), date(year + 1, 1, 1)
    while on < following:
        if sessions := sessions_of(on):
            ordinals.append(on.toordinal())
            spans.append(tuple((seconds_of_day(session.start), seconds_of_day(session.end)) for session in sessions))
            before_s.append(before_s[-1] + sum(session.seconds for session in sessions))
        on += timedelta(days=1)
    return YearIndex(tuple(ordinals), tuple(before_s), tuple(spans))
