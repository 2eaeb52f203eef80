"""Office hours of a unit: per weekday, changing over time, with sessions that only receive.

Default 08:00–12:00 and 13:00–17:00 (medium certainty, data of the deployment: domain.md §4.1 rule 7).
A Saturday-morning reception lets people file but is not working time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from types import MappingProxyType

MINUTES_PER_HOUR = 60
MINUTES_PER_DAY = 480
"""Eight hours: the official exchange rate between working days and working hours."""


@dataclass(frozen=True, slots=True, order=True)
class Session:
    """From `start` to `end`, local time, both ends included; `end` is after `start`."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start.tzinfo or self.end.tzinfo or self.start >= self.end:
            raise ValueError(f"bad session {self.start}–{self.end}")

    @property
    def seconds(self) -> int:
        return seconds_of_day(self.end) - seconds_of_day(self.start)


def seconds_of_day(at: time) -> int:
    """Whole seconds since midnight; fractions are dropped (no limit is that fine)."""
    return at.hour * 3600 + at.minute * 60 + at.second


_MORNING = Session(time(8), time(12))
_AFTERNOON = Session(time(13), time(17))
_FULL_DAY = (_MORNING, _AFTERNOON)


def _full_week() -> Mapping[int, tuple[Session, ...]]:
    return MappingProxyType({weekday: _FULL_DAY for weekday in range(1, 6)})


@dataclass(frozen=True, slots=True)
class WeekHours:
    """Sessions by ISO weekday (1 = Monday … 7 = Sunday).

    `work` counts towards limits on working days; `reception` only lets people file;
    `make_up` holds on a make-up day that has no `work` sessions of its own (normally a Saturday).
    """

    work: Mapping[int, tuple[Session, ...]] = field(default_factory=_full_week)
    reception: Mapping[int, tuple[Session, ...]] = field(default_factory=lambda: MappingProxyType({}))
    make_up: tuple[Session, ...] = _FULL_DAY

    def __post_init__(self) -> None:
        for sessions in (*self.work.values(), *self.reception.values(), self.make_up):
            _check_order(sessions)
        if not self.make_up or not any(self.work.values()):
            raise ValueError("a week without working hours")

    def working_sessions(self, on: date) -> tuple[Session, ...]:
        """Sessions of `on` if it is a working day."""
        return self.work.get(on.isoweekday()) or self.make_up

    def reception_sessions(self, on: date) -> tuple[Session, ...]:
        """Sessions in which dossiers are received although the day does not count."""
        return self.reception.get(on.isoweekday(), ())


def _check_order(sessions: tuple[Session, ...]) -> None:
    for earlier, later in zip(sessions, sessions[1:], strict=False):
        if later.start < earlier.end:
            raise ValueError("sessions overlap or are out of order")


DEFAULT_WEEK = WeekHours()


@dataclass(frozen=True, slots=True)
class HoursPeriod:
    """A week that holds from `valid_from` until the day before `valid_to` (open when None): a season, a new rule."""

    week: WeekHours
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The hours of one unit: a standing week and dated exceptions; of two that hold, the later one wins."""

    week: WeekHours = DEFAULT_WEEK
    periods: tuple[HoursPeriod, ...] = ()

    def week_on(self, on: date) -> WeekHours:
        """The week's hours that hold on a day."""
        holding = [period for period in self.periods if period.holds_on(on)]
        return max(holding, key=lambda period: period.valid_from).week if holding else self.week


DEFAULT_HOURS = OfficeHours()
