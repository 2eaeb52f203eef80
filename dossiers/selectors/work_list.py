"""Work lists: one statement for the rows, one for the capped counts; keyset pages by promised date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import IntegerField, Subquery

from dossiers.constants import Delivery, Status
from dossiers.querysets import DossierQuerySet
from dossiers.rules.work_filter import WorkFilter
from dossiers.selectors.clocks import clock_of
from dossiers.selectors.keyset import after_cursor, cursor_of
from dossiers.selectors.saved_filters import SavedLine, saved_array, saved_lines
from dossiers.selectors.work_narrowing import NOT_ONLY_OPEN, Moments, flagged, in_scope, narrowed, with_words
from haddong_portal.accounts.models import Unit
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common.actors import Actor
from haddong_portal.common.web.looks import Deadline
from haddong_portal.common.worktime import WorkCalendar

COUNT_CAP = 501
COLUMNS = (
    "id",
    "code",
    "status",
    "procedure_name",
    "applicant_name",
    "current_step_name",
    "accepted_at",
    "due_at",
    "finished_at",
    "paused_at",
    "delivery",
    "owner_unit__short_name",
    "officer__full_name",
)


class _CappedCount(Subquery):
    """How many rows a sliced queryset has: counting stops at the slice."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS capped)"
    output_field = IntegerField()


@dataclass(frozen=True)
class WorkRow:
    """One line of a work list; no encrypted column is read."""

    id: int
    code: str
    status: str
    procedure_name: str
    applicant_name: str
    current_step_name: str
    due_at: datetime | None
    finished_at: datetime | None
    owner_unit_name: str
    officer_name: str
    delivery_label: str
    deadline: Deadline


@dataclass(frozen=True)
class WorkPage:
    """One keyset page. `counts`: overdue, due_soon, waiting; 501 means "500+". `saved`: filters the actor may use."""

    rows: list[WorkRow]
    next_cursor: str | None
    counts: dict[str, int]
    saved: list[SavedLine]


def work_list(
    *,
    actor: Actor,
    scope: str,
    flag: str | None = None,
    q: str | None = None,
    narrow: WorkFilter | None = None,
    cursor: str | None = None,
    limit: int = 50,
    now: datetime,
) -> WorkPage:
    """`scope`: mine, unit, beside, desk, desk_ready or all; `flag`: of `rules.work_filter.FLAGS`. Most urgent first.

    beside: open steps beside the lead line in the actor's unit. `narrow` holds what else the list is narrowed to.
    """
    moments = Moments(now, work_calendar_for(actor.unit_id))
    base = narrowed(in_scope(actor, scope), narrow)
    if _only_open(scope, flag, q, narrow):
        base = base.in_progress()
    rows = with_words(flagged(base, flag, moments), q)
    values = after_cursor(rows, cursor).order_by("due_at", "id").values(*COLUMNS)[: limit + 1]
    found = list(values)
    page = [_row(value, now, moments.calendar) for value in found[:limit]]
    more = len(found) > limit
    counts, saved = _beside_rows(actor, base, moments)
    return WorkPage(page, cursor_of(found[limit - 1]) if more else None, counts, saved)


def _only_open(scope: str, flag: str | None, q: str | None, narrow: WorkFilter | None) -> bool:
    """What has ended would stand above what is urgent: only a search, a state or a flag that means it shows it."""
    if flag in NOT_ONLY_OPEN or (narrow and narrow.status) or scope == "desk_ready":
        return False
    return scope in ("mine", "unit") or not q


def _beside_rows(actor: Actor, base: DossierQuerySet, moments: Moments) -> tuple[dict[str, int], list[SavedLine]]:
    """The counts and the saved filters: one row of one statement."""
    counts = {
        flag: _CappedCount(flagged(base, flag, moments).order_by().values("id")[:COUNT_CAP])
        for flag in ("overdue", "due_soon", "waiting")
    }
    unit = Unit.objects.filter(pk=actor.unit_id or 0).annotate(**counts, saved=saved_array(actor))
    found: dict[str, Any] = unit.values(*counts, "saved").first() or {"saved": []}
    return found, saved_lines(found.pop("saved"), actor)


def _row(value: dict[str, Any], now: datetime, calendar: WorkCalendar) -> WorkRow:
    return WorkRow(
        id=value["id"],
        code=value["code"],
        status=Status(value["status"]).label,
        procedure_name=value["procedure_name"],
        applicant_name=value["applicant_name"],
        current_step_name=value["current_step_name"],
        due_at=value["due_at"],
        finished_at=value["finished_at"],
        owner_unit_name=value["owner_unit__short_name"],
        officer_name=value["officer__full_name"] or "",
        delivery_label=Delivery(value["delivery"]).label,
        deadline=_deadline(value, now, calendar),
    )


def _deadline(value: dict[str, Any], now: datetime, calendar: WorkCalendar) -> Deadline:
    if value["paused_at"] and not value["finished_at"]:
        return Deadline("paused")
    return clock_of(
        accepted_at=value["accepted_at"],
        due_at=value["due_at"],
        finished_at=value["finished_at"],
        now=now,
        calendar=calendar,
        with_share=False,
    )
