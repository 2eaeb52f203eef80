"""When a channel is silent: the stored rows, else what the settings say; kept by each process for a minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from django.conf import settings
from django.core.cache import caches

from haddong_portal.notices.constants import AT_ANY_HOUR, NoticeChannel
from haddong_portal.notices.models import QuietHours
from haddong_portal.notices.rules.quiet import QuietWindow, read_window, sending_time

CACHE_KEY = "notice-quiet-hours"
CACHE_SECONDS = 60
HISTORY_MAX = 30
# Channels that ring or buzz; a message in the portal and a call list wake nobody.
CHANNELS = (NoticeChannel.SMS, NoticeChannel.EMAIL)
SUGGESTED = QuietWindow(time(21), time(7))

Windows = dict[str, QuietWindow]


@dataclass(frozen=True)
class QuietRow:
    """One channel on the screen; without `is_on` the times are only a suggestion."""

    channel: NoticeChannel
    is_on: bool
    window: QuietWindow
    is_stored: bool


def earliest_sending(event: str, channel: str, at: datetime) -> datetime:
    """`at`, or the end of the quiet hours it falls into."""
    if event in AT_ANY_HOUR:
        return at
    return sending_time(at, _windows().get(channel))


def quiet_rows() -> list[QuietRow]:
    """Every channel that can be silent, with what holds now."""
    stored = {row.channel: row for row in QuietHours.objects.all()}
    shipped = _shipped()
    return [_row(channel, stored.get(channel), shipped.get(channel)) for channel in CHANNELS]


def quiet_history() -> list[QuietHours]:
    """Who changed the quiet hours and when, newest first."""
    past = QuietHours.history.select_related("history_user").order_by("-history_date", "-history_id")
    return list(past[:HISTORY_MAX])


def _row(channel: NoticeChannel, row: QuietHours | None, shipped: QuietWindow | None) -> QuietRow:
    if row is None:
        return QuietRow(channel, shipped is not None, shipped or SUGGESTED, is_stored=False)
    return QuietRow(channel, row.is_on, QuietWindow(row.starts, row.ends), is_stored=True)


def _windows() -> Windows:
    known: Windows | None = caches["process"].get(CACHE_KEY)
    if known is None:
        known = {row.channel: row.window for row in quiet_rows() if row.is_on}
        caches["process"].set(CACHE_KEY, known, CACHE_SECONDS)
    return known


def _shipped() -> Windows:
    """NOTICE_QUIET_HOURS: `sms=21:00-07:00, email=…`; empty for none."""
    pairs = [part.partition("=") for part in settings.NOTICE_QUIET_HOURS.split(",") if part.strip()]
    return {channel.strip(): read_window(text) for channel, _, text in pairs}
