"""Load the shipped calendar days and the common office hours. System; adds what is missing, changes nothing.

Office hours 08:00–12:00 and 13:00–17:00 are data of the deployment (domain: medium certainty); Saturday mornings
of the wards are left to the administrator, since a day of reception is a promise to citizens.
"""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from haddong_portal.accounts.models import CalendarDay, CalendarVersion, OfficeHours
from haddong_portal.accounts.services.new_calendar_version import new_calendar_version
from haddong_portal.accounts.shipped import Loaded
from haddong_portal.common import clock
from haddong_portal.common.worktime import load_calendar_rows, load_calendar_version, shipped_calendar_path

HOURS_SINCE = date(2009, 5, 8)  # the district's own beginning
SESSIONS = ((time(8), time(12)), (time(13), time(17)))


@transaction.atomic
def load_calendar(*, now: datetime | None = None) -> Loaded:
    """Days, common office hours, and a version naming the file when anything was added."""
    created = _load_days() + _load_hours()
    if created or not CalendarVersion.objects.exists():
        note = f"Nạp lịch {load_calendar_version(shipped_calendar_path())}"
        new_calendar_version(note=note, now=now or clock.now())
    return Loaded("ngày và giờ làm việc", created, CalendarDay.objects.count() + OfficeHours.objects.count() - created)


def _load_days() -> int:
    known = set(CalendarDay.objects.values_list("on", flat=True))
    missing = [row for row in load_calendar_rows(shipped_calendar_path()) if row.on not in known]
    days = [
        CalendarDay(
            on=row.on, kind=row.kind.value, name=row.name, legal_source=row.legal_source, certainty=row.certainty.value
        )
        for row in missing
    ]
    bulk_create_with_history(days, CalendarDay)
    return len(days)


def _load_hours() -> int:
    if OfficeHours.objects.filter(unit__isnull=True).exists():
        return 0
    sessions = [
        OfficeHours(weekday=weekday, starts=starts, ends=ends, valid_from=HOURS_SINCE)
        for weekday in range(1, 6)
        for starts, ends in SESSIONS
    ]
    bulk_create_with_history(sessions, OfficeHours)
    return len(sessions)
