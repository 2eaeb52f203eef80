"""Lists of messages for the screens."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from haddong_portal.accounts.selectors.units import unit_names
from haddong_portal.common.actors import Actor
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent, NoticeState
from haddong_portal.notices.models import Notice

PAGE = 50
COUNT_CAP = 500


@dataclass(frozen=True)
class NoticeFilter:
    """What the screen asked for; empty values ask for everything."""

    state: str = ""
    event: str = ""
    unit_id: int | None = None


@dataclass(frozen=True)
class NoticePage:
    """`counts` by state under the same filter of event and unit; `unit_names` for the rows shown."""

    rows: list[Notice]
    next_cursor: int | None
    counts: dict[str, int]
    unit_names: dict[int, str]


def visible_notices(actor: Actor) -> QuerySet[Notice]:
    """Messages that left through a gateway, of the actor's unit; oversight sees all."""
    every = Notice.objects.exclude(channel=NoticeChannel.PORTAL)
    return every if actor.sees_all_units else every.filter(unit_id__in=actor.unit_ids)


def notice_page(*, actor: Actor, wanted: NoticeFilter, before: int | None = None) -> NoticePage:
    """Newest first, PAGE rows after the cursor `before` (a notice id), with capped counts per state."""
    narrowed = _narrowed(visible_notices(actor), wanted)
    rows = narrowed.filter(state=wanted.state) if wanted.state in NoticeState.values else narrowed
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    counts = {
        str(value): narrowed.filter(state=value)[: COUNT_CAP + 1].count()
        for value in (NoticeState.GAVE_UP, NoticeState.QUEUED)
    }
    shown = found[:PAGE]
    names = unit_names({row.unit_id for row in shown if row.unit_id}) if actor.sees_all_units else {}
    return NoticePage(shown, shown[-1].pk if len(found) > PAGE else None, counts, names)


def _narrowed(visible: QuerySet[Notice], wanted: NoticeFilter) -> QuerySet[Notice]:
    if wanted.event in NoticeEvent.values:
        visible = visible.filter(event=wanted.event)
    return visible.filter(unit_id=wanted.unit_id) if wanted.unit_id else visible
