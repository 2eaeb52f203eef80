"""Change what one day of the calendar is. Administrator; writes CalendarDay (with history), a version, an audit row.

Open dossiers are recomputed by whoever listens to the version; a date already printed never moves by this act alone.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from haddong_portal.accounts.constants import DayKindChoice
from haddong_portal.accounts.models import CalendarDay, CalendarVersion
from haddong_portal.accounts.services.new_calendar_version import new_calendar_version
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.jobs import JobName, enqueue

REASON_MIN = 10


@transaction.atomic
def change_calendar_day(
    *,
    actor: Actor,
    on: date,
    kind: str,
    name: str,
    legal_source: str,
    reason: str,
    now: datetime | None = None,
) -> CalendarVersion:
    """The new version. `kind` WORK on a weekday or WEEKEND on a weekend takes the day's row away again.

    Refusals: `calendar.reason`, `calendar.kind`, `calendar.name`, `calendar.source`, `calendar.unchanged`,
    `calendar.not_loaded`.
    """
    actor.require("calendar.change")
    now = now or clock.now()
    if not CalendarVersion.objects.exists():
        raise DomainError("calendar.not_loaded", "Chưa nạp lịch. Xin chạy lệnh load_foundation trước.")
    day = CalendarDay.objects.select_for_update(no_key=True).filter(on=on).first()
    before = day.kind if day else _weekday_kind(on).value
    _check(on, kind, name, legal_source, reason)
    if _is_ordinary(on, kind):
        _remove(day, reason)
    else:
        _put(day or CalendarDay(on=on), kind, name, legal_source, reason)
    version = new_calendar_version(note=f"{on:%d/%m/%Y}: {reason}"[:300], now=now)
    data = {"before": before, "after": kind, "version": version.number}
    record_access(
        actor=actor,
        action="calendar.day_changed",
        object_type="calendar_day",
        object_id=on.isoformat(),
        purpose=reason[:200],
        data=data,
        now=now,
    )
    enqueue(JobName.RECOMPUTE)
    return version


def _check(on: date, kind: str, name: str, legal_source: str, reason: str) -> None:
    if len(reason.strip()) < REASON_MIN:
        raise DomainError("calendar.reason", "Xin ghi rõ lý do sửa lịch (ít nhất 10 chữ).", "reason")
    if kind not in DayKindChoice.values or not _fits(on, kind):
        raise DomainError("calendar.kind", "Loại ngày không hợp với thứ trong tuần của ngày này.", "kind")
    if _is_ordinary(on, kind):
        return
    if not name.strip():
        raise DomainError("calendar.name", "Xin ghi tên ngày nghỉ hoặc ngày làm bù.", "name")
    if not legal_source.strip():
        raise DomainError("calendar.source", "Xin ghi văn bản quy định (số, ngày).", "legal_source")


def _fits(on: date, kind: str) -> bool:
    """An ordinary kind must be the weekday's own; a make-up day is a weekend day, a swapped day off is not."""
    weekend = on.weekday() >= 5
    if kind in (DayKindChoice.WORK, DayKindChoice.WEEKEND):
        return kind == _weekday_kind(on)
    if kind == DayKindChoice.SWAP_WORK:
        return weekend
    return not (weekend and kind in (DayKindChoice.SWAP_OFF, DayKindChoice.COMP_OFF))


def _weekday_kind(on: date) -> DayKindChoice:
    return DayKindChoice.WEEKEND if on.weekday() >= 5 else DayKindChoice.WORK


def _is_ordinary(on: date, kind: str) -> bool:
    return kind == _weekday_kind(on)


def _remove(day: CalendarDay | None, reason: str) -> None:
    if day is None:
        raise DomainError("calendar.unchanged", "Ngày này vốn đã như vậy, không có gì để sửa.", "kind")
    day._change_reason = reason[:100]
    day.delete()


def _put(day: CalendarDay, kind: str, name: str, legal_source: str, reason: str) -> None:
    if day.pk and (day.kind, day.name, day.legal_source) == (kind, name, legal_source):
        raise DomainError("calendar.unchanged", "Ngày này vốn đã như vậy, không có gì để sửa.", "kind")
    day.kind, day.name, day.legal_source, day.certainty = kind, name.strip(), legal_source.strip(), "high"
    day._change_reason = reason[:100]
    day.full_clean()
    day.save()
