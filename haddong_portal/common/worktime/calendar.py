"""The working calendar of a unit: walk along working days and working minutes (domain.md §4.1).

Moments are aware and answered in Vietnam time. Conventions: both ends of a session are working
moments; walking forward stops at the end of a session (12:00, 17:00), never at the start of the
next; years are summed up once on first use, so a question costs a bisection.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from haddong_portal.common.clock import VIETNAM, local
from haddong_portal.common.worktime.days import Certainty, DayEntry, weekday_entry
from haddong_portal.common.worktime.hours import DEFAULT_HOURS, OfficeHours, Session, seconds_of_day
from haddong_portal.common.worktime.years import YearIndex, build_year

_DAY = timedelta(days=1)


@dataclass(frozen=True, eq=False)
class WorkCalendar:
    """Dated facts and office hours under a version name.

    `days` holds only the days that differ from their weekday. A year without a single row falls back
    on weekdays and `is_published(year)` says so; a year with estimated rows is `is_estimated(year)`.
    """

    version: str
    days: Mapping[date, DayEntry]
    hours: OfficeHours = DEFAULT_HOURS
    _years: dict[int, YearIndex] = field(default_factory=dict, init=False, repr=False)
    _offsets_s: dict[int, int] = field(default_factory=dict, init=False, repr=False)
    _published: frozenset[int] = field(default=frozenset(), init=False, repr=False)
    _estimated: frozenset[int] = field(default=frozenset(), init=False, repr=False)

    def __post_init__(self) -> None:
        entries = self.days.values()
        estimated = frozenset(entry.on.year for entry in entries if entry.certainty == Certainty.ESTIMATE)
        object.__setattr__(self, "_published", frozenset(on.year for on in self.days))
        object.__setattr__(self, "_estimated", estimated)

    def with_hours(self, hours: OfficeHours) -> WorkCalendar:
        """The same days with another unit's hours."""
        return replace(self, hours=hours)

    # -- one day ---------------------------------------------------------------------------------

    def entry(self, on: date) -> DayEntry:
        """What the day is: its row, or what its weekday says."""
        return self.days.get(on) or weekday_entry(on)

    def is_working_day(self, on: date) -> bool:
        """Whether the day counts towards limits in working days."""
        found = self.days.get(on)
        return found.kind.is_working if found else on.weekday() < 5

    def sessions(self, on: date) -> tuple[Session, ...]:
        """Working sessions of the day; empty on a day off."""
        return self.hours.week_on(on).working_sessions(on) if self.is_working_day(on) else ()

    def reception_sessions(self, on: date) -> tuple[Session, ...]:
        """Sessions of a weekend day in which dossiers are received without it being a working day."""
        if self.is_working_day(on) or on in self.days:
            return ()
        return self.hours.week_on(on).reception_sessions(on)

    def describe(self, on: date) -> str:
        """The Vietnamese reason a day is off or made up, with its legal source when a row states it."""
        found = self.entry(on)
        return f"{found.reason} – {found.legal_source}" if on in self.days and found.legal_source else found.reason

    def is_published(self, year: int) -> bool:
        """Whether the calendar has any row for the year."""
        return year in self._published

    def is_estimated(self, year: int) -> bool:
        """Whether the year's rows are expected, not yet announced."""
        return year in self._estimated

    def start_of_day(self, on: date) -> datetime:
        """The opening of office hours on a working day; ValueError on a day off."""
        return self._at(on, self._sessions_of_working_day(on)[0].start)

    def end_of_day(self, on: date) -> datetime:
        """The close of office hours on a working day; ValueError on a day off."""
        return self._at(on, self._sessions_of_working_day(on)[-1].end)

    def is_working_moment(self, at: datetime) -> bool:
        """Whether a moment lies in office hours, both ends of a session included."""
        moment = local(at)
        clock = moment.time()
        return any(session.start <= clock <= session.end for session in self.sessions(moment.date()))

    def is_reception_moment(self, at: datetime) -> bool:
        """Whether a moment lies in a reception session that is not working time."""
        moment = local(at)
        clock = moment.time()
        return any(session.start <= clock <= session.end for session in self.reception_sessions(moment.date()))

    # -- days ------------------------------------------------------------------------------------

    def next_working_day(self, on: date) -> date:
        """The first working day after `on`."""
        return self.add_working_days(on, 1)

    def previous_working_day(self, on: date) -> date:
        """The last working day before `on`."""
        return self.add_working_days(on, -1)

    def working_day_on_or_after(self, on: date) -> date:
        """`on` itself when it is a working day, otherwise the next one."""
        return on if self.is_working_day(on) else self.next_working_day(on)

    def add_working_days(self, on: date, count: int) -> date:
        """The `count`-th working day after `on` (before it when negative); `on` itself is never counted.

        Zero gives `on` unchanged, even a day off.
        """
        if count == 0:
            return on
        year, index = on.year, self._year(on.year)
        place = (index.days_until(on) if count > 0 else index.days_before(on)) + count - (count > 0)
        while place >= index.day_count:
            place -= index.day_count
            year += 1
            index = self._year(year)
        while place < 0:
            year -= 1
            index = self._year(year)
            place += index.day_count
        return date.fromordinal(index.ordinals[place])

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` comes first."""
        if end < start:
            return -self.working_days_between(end, start)
        between = sum(self._year(year).day_count for year in range(start.year, end.year))
        return between + self._year(end.year).days_until(end) - self._year(start.year).days_until(start)

    # -- minutes ---------------------------------------------------------------------------------

    def add_working_minutes(self, at: datetime, minutes: int) -> datetime:
        """`minutes` of office hours after `at` (before it when negative).

        Always a working moment. Forward, a limit used up at noon is due at 12:00, not 13:00. Zero gives
        `at` itself inside office hours, otherwise the next opening. Fractions of a second are dropped.
        """
        moment = local(at)
        if minutes == 0:
            return self.next_working_moment(moment)
        worked_s = self._worked_s(moment) + minutes * 60
        return self._locate_end(moment.year, worked_s) if minutes > 0 else self._locate_start(moment.year, worked_s)

    def next_working_moment(self, at: datetime) -> datetime:
        """`at` itself inside office hours, otherwise the next opening of a session."""
        moment = local(at)
        if self.is_working_moment(moment):
            return moment
        return self._locate_start(moment.year, self._worked_s(moment))

    def working_minutes_between(self, start: datetime, end: datetime) -> int:
        """Minutes of office hours from `start` to `end`, negative when `end` comes first.

        Each end is taken at its whole working minute, so the answer adds up exactly:
        between(a, b) + between(b, c) == between(a, c).
        """
        return self._position_s(local(end)) // 60 - self._position_s(local(start)) // 60

    # -- inside ----------------------------------------------------------------------------------

    @staticmethod
    def _at(on: date, clock: time) -> datetime:
        return datetime.combine(on, clock, tzinfo=VIETNAM)

    @staticmethod
    def _at_second(place: tuple[date, int]) -> datetime:
        on, second = place
        return datetime(on.year, on.month, on.day, second // 3600, second // 60 % 60, second % 60, tzinfo=VIETNAM)

    def _sessions_of_working_day(self, on: date) -> tuple[Session, ...]:
        if not self.is_working_day(on):
            raise ValueError(f"{on} is not a working day")
        return self.hours.week_on(on).working_sessions(on)

    def _year(self, year: int) -> YearIndex:
        index = self._years.get(year)
        if index is None:
            index = self._years[year] = build_year(year, self.sessions)
        return index

    def _offset_s(self, year: int) -> int:
        """Working seconds from the start of 2020 to the start of `year`."""
        if year not in self._offsets_s:
            between = range(2020, year) if year >= 2020 else range(year, 2020)
            worked_s = sum(self._year(each).total_s for each in between)
            self._offsets_s[year] = worked_s if year >= 2020 else -worked_s
        return self._offsets_s[year]

    def _position_s(self, moment: datetime) -> int:
        """Working seconds from the start of 2020 to the moment."""
        return self._offset_s(moment.year) + self._worked_s(moment)

    def _worked_s(self, moment: datetime) -> int:
        """Working seconds of the moment's year before it."""
        return self._year(moment.year).worked_s(moment.date(), seconds_of_day(moment.time()))

    def _locate_end(self, year: int, worked_s: int) -> datetime:
        index = self._year(year)
        while worked_s > index.total_s:
            worked_s -= index.total_s
            year += 1
            index = self._year(year)
        return self._at_second(index.locate_end(worked_s))

    def _locate_start(self, year: int, worked_s: int) -> datetime:
        index = self._year(year)
        while worked_s >= index.total_s:
            worked_s -= index.total_s
            year += 1
            index = self._year(year)
        while worked_s < 0:
            year -= 1
            index = self._year(year)
            worked_s += index.total_s
        return self._at_second(index.locate_start(worked_s))


def build_calendar(rows: Iterable[DayEntry], hours: OfficeHours = DEFAULT_HOURS, *, version: str = "") -> WorkCalendar:
    """A calendar from rows; ValueError when a day is named twice."""
    days: dict[date, DayEntry] = {}
    for row in rows:
        if row.on in days:
            raise ValueError(f"calendar names {row.on} twice")
        days[row.on] = row
    return WorkCalendar(version=version, days=MappingProxyType(days), hours=hours)
