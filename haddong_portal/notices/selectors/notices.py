"""Lists of messages for the screens."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from haddong_portal.common.actors import Actor
from haddong_portal.notices.constants import NoticeState
from haddong_portal.notices.models import Notice

PAGE = 50
COUNT_CAP = 500


@dataclass(frozen=True)
class NoticePage:
    rows: list[Notice]
    next_cursor: int | None
    counts: dict[str, int]


def visible_notices(actor: Actor) -> QuerySet[Notice]:
    """Messages of the actor's unit; oversight sees all."""
    every = Notice.objects.all()
    return every if actor.sees_all_units else every.filter(unit_id__in=actor.unit_ids)


def notice_page(*, actor: Actor, state: str = "", before: int | None = None) -> NoticePage:
    """Newest first, PAGE rows after the cursor `before` (a notice id), with capped counts per state."""
    visible = visible_notices(actor)
    rows = visible.filter(state=state) if state in NoticeState.values else visible
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    counts = {
        str(value): visible.filter(state=value)[: COUNT_CAP + 1].count()
        for value in (NoticeState.GAVE_UP, NoticeState.QUEUED)
    }
    return NoticePage(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None, counts)


def log_of(reference: str) -> list[Notice]:
    """Every message about one thing ("dossier:12"), with its attempts: the delivery log."""
    return list(Notice.objects.filter(reference=reference).order_by("pk").prefetch_related("log"))
