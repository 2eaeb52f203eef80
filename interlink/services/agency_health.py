"""Note how well an agency is reached; after several failures in a row it is left in peace for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q

from interlink.models import Agency
from interlink.rules.patience import pause_seconds

# A busy agency's row is not written with every message.
NOTE_SECONDS = 5


def note_success(agency: Agency, now: datetime) -> None:
    """One column write, and none when nothing new is said."""
    rows = Agency.objects.filter(pk=agency.pk)
    stale = Q(last_ok_at__isnull=True) | Q(last_ok_at__lt=now - timedelta(seconds=NOTE_SECONDS))
    rows.filter(stale | Q(failures_in_row__gt=0) | Q(paused_until__isnull=False)).update(
        last_ok_at=now, failures_in_row=0, paused_until=None
    )


def note_failure(agency: Agency, now: datetime) -> None:
    """Counts it; from INTERLINK_BREAK_AFTER on the agency is paused, longer each time."""
    rows = Agency.objects.filter(pk=agency.pk)
    rows.update(failures_in_row=F("failures_in_row") + 1, last_failed_at=now)
    pause = pause_seconds(
        rows.values_list("failures_in_row", flat=True).get(),
        after=settings.INTERLINK_BREAK_AFTER,
        first=settings.INTERLINK_BREAK_SECONDS,
        most=settings.INTERLINK_WAIT_SECONDS_MAX,
    )
    if pause:
        rows.update(paused_until=now + timedelta(seconds=pause))


def is_paused(agency: Agency, now: datetime) -> bool:
    return agency.paused_until is not None and agency.paused_until > now
