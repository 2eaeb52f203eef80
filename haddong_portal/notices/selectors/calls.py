"""The call list of a unit, and the calls about one thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet

from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound
from haddong_portal.common.text import plain_number
from haddong_portal.notices.constants import CallState
from haddong_portal.notices.models import CallTask

PAGE = 50
COUNT_CAP = 500

DUE, LATER, STUCK, CLOSED = "due", "later", "stuck", "closed"


@dataclass(frozen=True)
class CallPage:
    """One page of the list; `after` continues it, None at the end."""

    rows: list[CallTask]
    after: str | None
    counts: dict[str, int]


def visible_calls(actor: Actor) -> QuerySet[CallTask]:
    """Calls of the actor's own unit: oversight reads figures elsewhere, it phones nobody."""
    every = CallTask.objects.all()
    return every if actor.role == "system" else every.filter(unit_id__in=actor.unit_ids)


def call_of(actor: Actor, task_id: int) -> CallTask:
    """One call of the actor's unit; NotFound `call.not_found`."""
    return _found(visible_calls(actor).filter(pk=task_id))


def call_for_update(actor: Actor, task_id: int) -> CallTask:
    """The same, locked until the transaction ends."""
    return _found(visible_calls(actor).select_for_update(no_key=True, of=("self",)).filter(pk=task_id))


def call_page(*, actor: Actor, shown: str = DUE, after: str = "", today: date | None = None) -> CallPage:
    """Who waits longest comes first; `shown` is one of due, later, stuck, closed. `after` = "<day>:<id>"."""
    day = today or clock.today()
    parts = _parts(visible_calls(actor), day)
    wanted = parts.get(shown, parts[DUE])
    rows = _page(wanted, after, newest_first=shown == CLOSED)
    counts = {name: part[: COUNT_CAP + 1].count() for name, part in parts.items() if name != CLOSED}
    more = len(rows) > PAGE
    last = rows[PAGE - 1] if more else None
    return CallPage(rows[:PAGE], f"{last.due_on.isoformat()}:{last.pk}" if last else None, counts)


def calls_of(reference: str) -> list[CallTask]:
    """Every call about one thing ("dossier:12") with what came of it: the phone log."""
    return list(CallTask.objects.filter(reference=reference).order_by("pk").prefetch_related("calls"))


def _parts(every: QuerySet[CallTask], day: date) -> dict[str, QuerySet[CallTask]]:
    still_open = every.filter(state=CallState.OPEN)
    spent = Q(misses__gte=settings.NOTICE_CALL_TRIES_MAX)
    return {
        DUE: still_open.filter(due_on__lte=day).exclude(spent),
        LATER: still_open.filter(due_on__gt=day).exclude(spent),
        STUCK: still_open.filter(spent),
        CLOSED: every.exclude(state=CallState.OPEN),
    }


def _page(wanted: QuerySet[CallTask], after: str, *, newest_first: bool) -> list[CallTask]:
    day, _, key = after.partition(":")
    last_id = plain_number(key)
    if newest_first:
        if last_id is not None:
            wanted = wanted.filter(pk__lt=last_id)
        return list(wanted.order_by("-pk")[: PAGE + 1])
    if last_id is not None and (known := _day(day)):
        wanted = wanted.filter(Q(due_on__gt=known) | Q(due_on=known, pk__gt=last_id))
    return list(wanted.order_by("due_on", "pk")[: PAGE + 1])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _found(wanted: QuerySet[CallTask]) -> CallTask:
    task = wanted.first()
    if task is None:
        raise NotFound("Không tìm thấy việc gọi điện này.", code="call.not_found")
    return task
