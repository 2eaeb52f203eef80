"""Whom an act will tell, before anybody presses it: the applicant, by which way, and when the message leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dossiers.models import Dossier
from dossiers.rules.lifecycle import MOVES, Command
from haddong_portal.common.identifiers.phones import is_mobile
from haddong_portal.notices.constants import NoticeChannel
from haddong_portal.notices.rules.recipients import masked_recipient
from haddong_portal.notices.selectors.quiet import earliest_sending

WAYS = {NoticeChannel.SMS: "qua tin nhắn SMS", NoticeChannel.EMAIL: "qua thư điện tử"}


@dataclass(frozen=True)
class Told:
    """Who hears of an act. `recipient` is masked, empty where the applicant left no way; `sends_at` only when the
    message has to wait for the end of the quiet hours."""

    name: str
    way: str
    recipient: str
    sends_at: datetime | None


def event_of(command: str) -> str:
    """The event that the act tells the applicant of by the table of moves, "" for none or an act beside the table."""
    return MOVES[Command(command)].notice if command in set(Command) else ""


def way_to(dossier: Dossier) -> tuple[NoticeChannel, str]:
    """By SMS where there is a mobile number, else by e-mail; the second is empty when there is neither."""
    if is_mobile(dossier.phone):
        return NoticeChannel.SMS, dossier.phone
    return NoticeChannel.EMAIL, dossier.email


def told_of(command: str, dossier: Dossier, now: datetime) -> Told | None:
    """Whom the act tells by the table of moves; None when it tells nobody."""
    event = event_of(command)
    if not event:
        return None
    channel, recipient = way_to(dossier)
    sends_at = earliest_sending(event, channel, now)
    return Told(
        name=dossier.applicant_name,
        way=WAYS[channel],
        recipient=masked_recipient(channel, recipient) if recipient else "",
        sends_at=sends_at if sends_at != now else None,
    )
