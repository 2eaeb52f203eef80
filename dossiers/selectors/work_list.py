"""Work lists: one statement for the rows, one for the capped counts; keyset pages by promised date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery

from dossiers.constants import Delivery, Status, StepState
from dossiers.models import Dossier, StepRun
from dossiers.querysets import DossierQuerySet
from dossiers.selectors.clocks import clock_of
from haddong_portal.accounts.models import Unit
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import fold
from haddong_portal.common.web.looks import Deadline
from haddong_portal.common.worktime import WorkCalendar
from haddong_portal.common.worktime.deadlines import DUE_SOON_WORKING_MINUTES

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
    """One keyset page. `counts`: overdue, due_soon, waiting; 501 means "500+"."""

    rows: list[WorkRow]
    next_cursor: str | None
    counts: dict[str, int]


def work_list(
    *,
    actor: Actor,
    scope: str,
    flag: str | None = None,
    procedure_id: int | None = None,
    q: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
    now: datetime,
) -> WorkPage:
    """`scope` is mine, unit, beside, desk_ready or all; `flag` None, overdue, due_soon or waiting. Most urgent first.

    beside: open steps beside the lead line in the actor's unit.
    """
    calendar = work_calendar_for(actor.unit_id)
    soon_at = calendar.add_working_minutes(now, DUE_SOON_WORKING_MINUTES)
    base = _in_scope(actor, scope)
    if scope == "all" and not q:
        base = base.in_progress()  # what has ended would stand above what is urgent; a search still finds it
    rows = _found(_flagged(base, flag, now, soon_at), q, procedure_id)
    values = _after(rows, cursor).order_by("due_at", "id").values(*COLUMNS)[: limit + 1]
    found = list(values)
    page = [_row(value, now, calendar) for value in found[:limit]]
    more = len(found) > limit
    return WorkPage(page, _cursor_of(found[limit - 1]) if more else None, _counts(actor, base, now, soon_at))


def _in_scope(actor: Actor, scope: str) -> DossierQuerySet:
    visible: DossierQuerySet = Dossier.objects.visible_to(actor)
    if scope == "mine":
        return visible.filter(officer_id=actor.user_id, closed_at__isnull=True).in_progress()
    if scope == "unit":
        return visible.filter(owner_unit_id=actor.unit_id, closed_at__isnull=True).in_progress()
    if scope == "beside":
        return visible.in_progress().filter(Exists(_open_branches_at(actor.unit_id or 0)))
    if scope == "desk_ready":
        return visible.filter(receiving_unit_id=actor.unit_id).ready_at_desk()
    return visible


def _open_branches_at(unit_id: int) -> QuerySet[StepRun]:
    rows = StepRun.objects.filter(branch__gt=0, unit_id=unit_id, state__in=(StepState.WAITING, StepState.WORKING))
    return rows.filter(dossier=OuterRef("pk"))


def _flagged(rows: DossierQuerySet, flag: str | None, now: datetime, soon_at: datetime) -> DossierQuerySet:
    if flag == "overdue":
        return rows.overdue(at=now)
    if flag == "due_soon":
        return rows.in_progress().filter(due_at__gte=now, due_at__lte=soon_at)
    if flag == "waiting":
        return rows.in_progress().filter(officer__isnull=True)
    return rows


def _found(rows: DossierQuerySet, q: str | None, procedure_id: int | None) -> DossierQuerySet:
    if procedure_id:
        rows = rows.filter(procedure_id=procedure_id)
    if not q:
        return rows
    return rows.filter(Q(code__startswith=q.upper()) | Q(code__endswith=q) | Q(applicant_name_folded__contains=fold(q)))


def _after(rows: DossierQuerySet, cursor: str | None) -> QuerySet[Dossier]:
    if not cursor:
        return rows
    try:
        moment, _, last = cursor.partition("_")
        due_at, last_id = datetime.fromisoformat(moment), int(last)
    except ValueError:
        raise DomainError("list.bad_cursor", "Trang này không còn, xin mở lại danh sách từ đầu.") from None
    return rows.filter(Q(due_at__gt=due_at) | Q(due_at=due_at, id__gt=last_id))


def _cursor_of(value: dict[str, Any]) -> str:
    return f"{value['due_at'].isoformat()}_{value['id']}"


def _counts(actor: Actor, base: DossierQuerySet, now: datetime, soon_at: datetime) -> dict[str, int]:
    counts = {
        flag: _CappedCount(_flagged(base, flag, now, soon_at).order_by().values("id")[:COUNT_CAP])
        for flag in ("overdue", "due_soon", "waiting")
    }
    found: dict[str, Any] | None = Unit.objects.filter(pk=actor.unit_id or 0).annotate(**counts).values(*counts).first()
    return found or {}


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
        deadline=clock_of(
            accepted_at=value["accepted_at"],
            due_at=value["due_at"],
            finished_at=value["finished_at"],
            now=now,
            calendar=calendar,
            with_share=False,
        ),
    )
