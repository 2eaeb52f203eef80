"""The story of a due date, line by line, in Vietnamese: what a person can check with a wall calendar.

Up to ten working days are told one by one, up to forty by unbroken runs, more by month; the days left
out are named where they are skipped, so that the lines add up to the date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from haddong_portal.common.dates import due_text, long_date, moment_text, short_date
from haddong_portal.common.limits import LimitUnit, TimeLimit
from haddong_portal.common.worktime import DayEntry, DayKind, WorkCalendar
from haddong_portal.common.worktime.days import describe_run

COUNTING_KEY, ENDING_KEY = "BLDS2015-D147", "BLDS2015-D148"
"""How days are counted is the Civil Code's for every rule-set: no value of theirs (docs/adr/0007)."""
_ONE_BY_ONE = 10
_BY_RUNS = 40
_DAY = timedelta(days=1)


class LineCode(StrEnum):
    """What a line tells."""

    ACCEPTED = "accepted"
    DEEMED = "deemed_accepted"
    CUTOFF = "cutoff"
    LIMIT = "limit"
    COUNTED = "counted"
    ROLLED = "rolled"
    PAUSED = "paused"
    STILL_COUNTED = "still_counted"
    RESTARTED = "restarted"
    EXTENDED = "extended"
    FROZEN = "frozen"
    CALENDAR = "calendar"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class ExplanationLine:
    """One sentence; `on` is the day it is about (the last one of a run), `legal_key` its rule in docs/legal-sources.md.

    Its `code` is a LineCode. `minutes` are the working minutes that a PAUSED line gives back.
    """

    code: str
    text: str
    on: date | None = None
    legal_key: str = ""
    minutes: int = 0


@dataclass(slots=True)
class _Block:
    """Counted days told together, with the runs of days off skipped on the way."""

    first_number: int
    days: list[date] = field(default_factory=list)
    minutes: int = 0
    skipped: list[list[DayEntry]] = field(default_factory=list)


def accepted_line(accepted_at: datetime) -> ExplanationLine:
    """When the dossier was received complete."""
    return ExplanationLine(LineCode.ACCEPTED, f"Tiếp nhận lúc {moment_text(accepted_at)}.", accepted_at.date())


def limit_line(limit: TimeLimit, legal_key: str) -> ExplanationLine:
    """How long it may take and what is not counted."""
    how = {
        LimitUnit.WORKING_DAY: ", không tính ngày tiếp nhận",
        LimitUnit.WORKING_HOUR: ", chỉ tính trong giờ làm việc",
        LimitUnit.CALENDAR_DAY: " liên tục, kể cả ngày nghỉ, không tính ngày tiếp nhận",
        LimitUnit.CALENDAR_MONTH: ", đến ngày tương ứng của tháng cuối",
        LimitUnit.SAME_DAY: "",
    }[limit.unit]
    if limit.unit == LimitUnit.WORKING_DAY and limit.amount < 1:
        how = f" ({hours_text(limit.working_minutes or 0)}), chỉ tính trong giờ làm việc"
    return ExplanationLine(LineCode.LIMIT, f"Thời hạn giải quyết: {limit.to_text()}{how}.", None, legal_key)


def due_line(due_at: datetime, legal_key: str) -> ExplanationLine:
    """The promise itself; always the last line."""
    return ExplanationLine(LineCode.DUE, f"Hẹn trả: {due_text(due_at)}.", due_at.date(), legal_key)


@lru_cache(maxsize=2048)
def day_lines(calendar: WorkCalendar, after: date, last: date) -> tuple[ExplanationLine, ...]:
    """Working days after `after` up to `last`, numbered from 1 (kept: a desk's dossiers share days and limits)."""
    return tuple(_day_lines(calendar, after, last))


def _day_lines(calendar: WorkCalendar, after: date, last: date) -> Iterator[ExplanationLine]:
    count = calendar.working_days_between(after, last)
    for block in _blocks(calendar, after + _DAY, last, count, number=1):
        label = _numbers(block)
        yield ExplanationLine(
            LineCode.COUNTED, f"{label}: {_where(block)}{_notes(calendar, block, count)}.", block.days[-1]
        )


def hour_lines(calendar: WorkCalendar, start: datetime, end: datetime) -> Iterator[ExplanationLine]:
    """Office hours between two moments, day by day, with the running total."""
    count = calendar.working_days_between(start.date() - _DAY, end.date())
    total = 0
    for block in _blocks(calendar, start.date(), end.date(), count, number=1):
        last = block.days[-1]
        closed = end if last == end.date() else calendar.end_of_day(last)
        before, total = total, calendar.working_minutes_between(start, closed)
        told = f"{_where(block)}: tính {hours_text(total - before)}, cộng dồn {hours_text(total)}"
        yield ExplanationLine(LineCode.COUNTED, f"{told[:1].upper()}{told[1:]}{_notes(calendar, block, count)}.", last)


def calendar_lines(calendar: WorkCalendar, first: date, last: date) -> Iterator[ExplanationLine]:
    """Warnings about years whose days off are not known yet."""
    for year in range(first.year, last.year + 1):
        if not calendar.is_published(year):
            text = f"Lịch năm {year} chưa được công bố, tạm tính theo thứ trong tuần."
            yield ExplanationLine(LineCode.CALENDAR, text)
        elif calendar.is_estimated(year):
            yield ExplanationLine(LineCode.CALENDAR, f"Lịch năm {year} là dự kiến, chờ thông báo chính thức.")


def skipped_text(calendar: WorkCalendar, first: date, last: date) -> str:
    """Why the days from `first` to `last` are off: "nghỉ cuối tuần từ 17/02 đến 18/02"."""
    return describe_run(calendar.entry(first + _DAY * step) for step in range((last - first).days + 1))


def hours_text(minutes: int) -> str:
    """ "5 giờ 30 phút"; hours are not turned into days here."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} giờ"] if hours else []
    return " ".join([*parts, f"{rest} phút"]) if rest or not hours else parts[0]


def _blocks(calendar: WorkCalendar, first: date, last: date, count: int, *, number: int) -> Iterator[_Block]:
    block: _Block | None = None
    run: list[DayEntry] = []
    on = first
    while on <= last:
        if not calendar.is_working_day(on):
            run.append(calendar.entry(on))
        else:
            if block is None or _starts_block(block, on, count, broken=bool(run)):
                if block is not None:
                    yield block
                block = _Block(number)
            if run:
                block.skipped.append(run)
                run = []
            block.days.append(on)
            number += 1
        on += _DAY
    if block is not None:
        yield block


def _starts_block(block: _Block, on: date, count: int, *, broken: bool) -> bool:
    if count <= _ONE_BY_ONE:
        return True
    if count <= _BY_RUNS:
        return broken
    return (on.year, on.month) != (block.days[0].year, block.days[0].month)


def _numbers(block: _Block) -> str:
    last = block.first_number + len(block.days) - 1
    return f"Ngày {last}" if len(block.days) == 1 else f"Ngày {block.first_number} đến ngày {last}"


def _where(block: _Block) -> str:
    first, last = block.days[0], block.days[-1]
    return long_date(first) if first == last else f"từ {long_date(first)} đến {long_date(last)}"


def _notes(calendar: WorkCalendar, block: _Block, count: int) -> str:
    """In brackets: the days skipped (plain weekends only when days are told singly) and make-up days."""
    tell_weekends = count <= _BY_RUNS
    runs = [run for run in block.skipped if tell_weekends or any(day.kind != DayKind.WEEKEND for day in run)]
    notes = [f"{describe_run(run)} không tính" for run in runs]
    made_up = [on for on in block.days if on in calendar.days and calendar.entry(on).kind == DayKind.SWAP_WORK]
    notes += [_made_up_text(calendar, block, on) for on in made_up]
    if not tell_weekends:
        notes.append("các ngày nghỉ cuối tuần không tính")
    return f" ({'; '.join(notes)})" if notes else ""


def _made_up_text(calendar: WorkCalendar, block: _Block, on: date) -> str:
    reason = calendar.entry(on).reason
    return reason if len(block.days) == 1 else f"{short_date(on)} {reason}"
