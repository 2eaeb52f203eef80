"""Number a new version of the calendar after its days or hours changed. Called inside the change's transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haddong_portal.accounts.models import CalendarVersion
from haddong_portal.accounts.selectors.calendar import forget_calendar
from haddong_portal.plumbing.services.next_number import next_number


def new_calendar_version(*, note: str, now: datetime) -> CalendarVersion:
    """The next version; `note` says why it was made. Versions are gapless: a rolled-back change leaves no number."""
    number = next_number(kind="calendar.version", holder="accounts", period="")
    version = CalendarVersion.objects.create(number=number, made_at=now, note=note)
    transaction.on_commit(forget_calendar)
    return version
