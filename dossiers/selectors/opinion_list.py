"""Opinions that a unit was asked for: to answer, most urgent first; and answered, newest first. Keyset pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from dossiers.models import OpinionRequest
from dossiers.selectors.clocks import clock_of
from dossiers.selectors.coordination import DECLINED, NO_ANSWER, opinion_look
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import plain_number
from haddong_portal.common.web.looks import Deadline, Look
from haddong_portal.common.worktime import WorkCalendar

COLUMNS = (
    "id",
    "dossier__code",
    "dossier__procedure_name",
    "slip__unit__short_name",
    "question",
    "asked_at",
    "due_at",
    "answered_at",
    "answered_by__full_name",
    "late_minutes",
    "agrees",
    "declined",
    "closed_at",
)
OPEN = Q(answered_at__isnull=True, closed_at__isnull=True)


@dataclass(frozen=True)
class OpinionRow:
    """One line; it names no citizen: the dossier itself opens under its reader's rights, with an audit row."""

    id: int
    code: str
    procedure_name: str
    asking_unit_name: str
    question: str
    asked_at: datetime
    due_at: datetime
    answered_at: datetime | None
    answered_by_name: str
    late_minutes: int | None
    look: Look
    deadline: Deadline

    @property
    def may_open(self) -> bool:
        """A unit that gave no opinion may no longer read the dossier."""
        return self.look != NO_ANSWER and self.look != DECLINED


@dataclass(frozen=True)
class OpinionPage:
    """One keyset page. Counts of the unit: open, open past their deadline, answered late since New Year."""

    rows: list[OpinionRow]
    next_cursor: str | None
    open_count: int
    late_open_count: int
    answered_late_count: int


def opinion_list(
    *, actor: Actor, answered: bool, cursor: str | None = None, limit: int = 50, now: datetime
) -> OpinionPage:
    """What the actor's units were asked: still open, or ended when `answered`. Raises list.bad_cursor."""
    mine = OpinionRequest.objects.filter(unit_id__in=actor.unit_ids)
    rows = _ended(mine, cursor) if answered else _open(mine, cursor)
    found = list(rows.values(*COLUMNS)[: limit + 1])
    calendar = work_calendar_for(actor.unit_id)
    page = [_row(value, now, calendar) for value in found[:limit]]
    more = found[limit - 1] if len(found) > limit else None
    counts = mine.aggregate(
        open_count=Count("id", filter=OPEN),
        late_open_count=Count("id", filter=OPEN & Q(due_at__lt=now)),
        answered_late_count=Count("id", filter=Q(late_minutes__gt=0, answered_at__year=now.year)),
    )
    return OpinionPage(page, _cursor_of(more, answered) if more else None, **counts)


def _open(mine: QuerySet[OpinionRequest], cursor: str | None) -> QuerySet[OpinionRequest]:
    rows = mine.filter(OPEN).order_by("due_at", "id")
    if not cursor:
        return rows
    moment, _, last = cursor.partition("_")
    try:
        due_at, last_id = datetime.fromisoformat(moment), int(last)
    except ValueError:
        raise _bad_cursor() from None
    return rows.filter(Q(due_at__gt=due_at) | Q(due_at=due_at, id__gt=last_id))


def _ended(mine: QuerySet[OpinionRequest], cursor: str | None) -> QuerySet[OpinionRequest]:
    rows = mine.exclude(OPEN).order_by("-id")
    if not cursor:
        return rows
    last_id = plain_number(cursor)
    if last_id is None:
        raise _bad_cursor()
    return rows.filter(id__lt=last_id)


def _bad_cursor() -> DomainError:
    return DomainError("list.bad_cursor", "Trang này không còn, xin mở lại danh sách từ đầu.")


def _cursor_of(value: dict[str, Any], answered: bool) -> str:
    return str(value["id"]) if answered else f"{value['due_at'].isoformat()}_{value['id']}"


def _row(value: dict[str, Any], now: datetime, calendar: WorkCalendar) -> OpinionRow:
    ended = value["answered_at"] or value["closed_at"]
    return OpinionRow(
        id=value["id"],
        code=value["dossier__code"],
        procedure_name=value["dossier__procedure_name"],
        asking_unit_name=value["slip__unit__short_name"] or "",
        question=value["question"],
        asked_at=value["asked_at"],
        due_at=value["due_at"],
        answered_at=value["answered_at"],
        answered_by_name=value["answered_by__full_name"] or "",
        late_minutes=value["late_minutes"],
        look=opinion_look(
            agrees=value["agrees"], declined=value["declined"], is_closed=ended is not None and not value["answered_at"]
        ),
        deadline=clock_of(
            accepted_at=value["asked_at"],
            due_at=value["due_at"],
            finished_at=ended,
            now=now,
            calendar=calendar,
            with_share=False,
        ),
    )
