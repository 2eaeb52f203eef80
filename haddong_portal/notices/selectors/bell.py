"""Messages under the bell of one member of staff."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from haddong_portal.common.actors import Actor
from haddong_portal.notices.constants import NoticeChannel
from haddong_portal.notices.models import Notice

PAGE = 50
IN_MENU = 8
COUNT_CAP = 99


@dataclass(frozen=True)
class MessagePage:
    rows: list[Notice]
    next_cursor: int | None


def own_messages(actor: Actor) -> QuerySet[Notice]:
    """What was told to this person, in whichever post."""
    return Notice.objects.filter(channel=NoticeChannel.PORTAL, user_id=actor.user_id or 0)


def unread_count(actor: Actor) -> int:
    """Stopped at COUNT_CAP + 1."""
    return _unread(actor)[: COUNT_CAP + 1].count()


def unread_messages(actor: Actor) -> list[Notice]:
    """The newest unread ones, for the menu."""
    return list(_unread(actor).order_by("-pk")[:IN_MENU])


def message_page(*, actor: Actor, before: int | None = None) -> MessagePage:
    """All messages, newest first; `before` is the last id seen."""
    rows = own_messages(actor)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return MessagePage(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def _unread(actor: Actor) -> QuerySet[Notice]:
    return own_messages(actor).filter(read_at__isnull=True)
