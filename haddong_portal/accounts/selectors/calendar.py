"""The working calendar of a unit, from the stored days and office hours, kept in the process while it is current.

One indexed query a second asks whether a newer version was made; a version never changes once it is made.
"""

from __future__ import annotations

import time as monotonic_time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from threading import Lock

from django.conf import settings
from django.db.models import Q

from haddong_portal.accounts.models import CalendarDay, CalendarVersion, OfficeHours
from haddong_portal.common import worktime
from haddong_portal.common.worktime import DayEntry, HoursPeriod, Session, WeekHours, WorkCalendar

CHECK_EVERY_S = 1.0
"""How long a process trusts that its version is the newest; tests ask every time, since they roll back."""


@dataclass(frozen=True)
class _Row:
    """One session of office hours, as the builder needs it."""

    is_own: bool
    weekday: int
    session: Session
    is_work: bool
    valid_from: date
    valid_to: date | None

    def holds_on(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


class _Memory:
    """The calendars of the newest version, by unit."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.forget()

    def forget(self) -> None:
        self.version: tuple[int, int] = (0, 0)
        self.checked_at = float("-inf")
        self.days: tuple[DayEntry, ...] = ()
        self.calendars: dict[int | None, WorkCalendar] = {}


_memory = _Memory()


def work_calendar_for(unit_id: int | None = None) -> WorkCalendar:
    """The calendar in force for a unit (its own office hours win over the common ones, kind by kind).

    `version` is the number of its CalendarVersion, as text. Before any calendar is loaded, the shipped rows with the
    default hours answer under version "0".
    """
    with _memory.lock:
        number = _refresh()
        if unit_id not in _memory.calendars:
            hours = _office_hours(unit_id)
            _memory.calendars[unit_id] = worktime.build_calendar(_memory.days, hours, version=str(number))
        return _memory.calendars[unit_id]


def current_calendar_version() -> int:
    """The number of the newest calendar version; 0 before any is loaded."""
    with _memory.lock:
        return _refresh()


def forget_calendar() -> None:
    """Drop what the process remembers; called by the acts that make a version."""
    with _memory.lock:
        _memory.forget()


def _refresh() -> int:
    """Look for a newer version when the last look is old; drop the calendars of an older one."""
    now_s = monotonic_time.monotonic()
    if settings.PORTAL_MODE == "test" or now_s - _memory.checked_at >= CHECK_EVERY_S:
        newest = CalendarVersion.objects.order_by("-number").values_list("number", "pk").first() or (0, 0)
        # The key holds the primary key too: a restored database may give the same number to other days.
        if newest != _memory.version or not _memory.days:
            _memory.forget()
            _memory.version, _memory.days = newest, _stored_days() if newest[0] else _shipped_days()
        _memory.checked_at = now_s
    return _memory.version[0]


def _stored_days() -> tuple[DayEntry, ...]:
    return tuple(
        DayEntry(row.on, worktime.DayKind(row.kind), row.name, row.legal_source, worktime.Certainty(row.certainty))
        for row in CalendarDay.objects.all()
    )


def _shipped_days() -> tuple[DayEntry, ...]:
    return tuple(worktime.shipped_calendar().days.values())


def _office_hours(unit_id: int | None) -> worktime.OfficeHours:
    """Dated weeks from the stored sessions; where none hold, the default week does."""
    rows = _hour_rows(unit_id)
    if not rows:
        return worktime.DEFAULT_HOURS
    starts = sorted({row.valid_from for row in rows} | {row.valid_to for row in rows if row.valid_to})
    ends: list[date | None] = [*starts[1:], None]
    periods = [
        HoursPeriod(_week(row for row in rows if row.holds_on(start)), start, end)
        for start, end in zip(starts, ends, strict=True)
    ]
    return worktime.OfficeHours(periods=tuple(periods))


def _hour_rows(unit_id: int | None) -> list[_Row]:
    wanted = Q(unit__isnull=True) | Q(unit_id=unit_id) if unit_id else Q(unit__isnull=True)
    return [
        _Row(
            is_own=row.unit_id is not None,
            weekday=row.weekday,
            session=Session(row.starts, row.ends),
            is_work=row.kind == OfficeHours.Kind.WORK,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in OfficeHours.objects.filter(wanted).order_by("weekday", "starts")
    ]


def _week(rows: Iterable[_Row]) -> WeekHours:
    held = list(rows)
    work = _by_weekday([row for row in held if row.is_work])
    reception = _by_weekday([row for row in held if not row.is_work])
    if not work:
        return WeekHours(reception=reception)
    # A make-up Saturday is worked in the hours of an ordinary day.
    return WeekHours(work=work, reception=reception, make_up=next(iter(work.values())))


def _by_weekday(rows: list[_Row]) -> dict[int, tuple[Session, ...]]:
    """Sessions by weekday; a unit's own rows replace the common ones of that kind altogether."""
    own = [row for row in rows if row.is_own]
    found: dict[int, list[Session]] = {}
    for row in own or rows:
        found.setdefault(row.weekday, []).append(row.session)
    return {weekday: tuple(sessions) for weekday, sessions in sorted(found.items())}


def opening_text(on: date, unit_id: int | None = None) -> str:
    """Today's hours in words for a citizen: "08:00–12:00, 13:00–17:00", or why the desk is closed."""
    calendar = work_calendar_for(unit_id)
    sessions = calendar.sessions(on) or calendar.reception_sessions(on)
    if not sessions:
        return f"Không làm việc: {calendar.entry(on).reason}"
    return ", ".join(f"{_clock(session.start)}–{_clock(session.end)}" for session in sessions)


def _clock(at: time) -> str:
    return f"{at:%H:%M}"
