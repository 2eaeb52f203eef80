"""Outages and runs over open dossiers as the screen shows them: how far, what moved, what waits for a new receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from dossiers.models import Dossier, Outage, Recomputation, RecomputedLine
from dossiers.permissions import OUTAGE
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound

PAGE, SUGGESTED_MAX = 50, 20
PERCENT = 100
SYSTEMS = (
    "Hệ thống thông tin giải quyết thủ tục hành chính",
    "Cổng Dịch vụ công quốc gia",
    "Cơ sở dữ liệu quốc gia về dân cư",
    "Phần mềm hộ tịch điện tử",
)


@dataclass(frozen=True)
class RunRow:
    """One run. `percent` is how much of it is done."""

    id: int
    cause: str
    note: str
    unit_name: str
    began_at: datetime
    outage_from: datetime | None
    outage_to: datetime | None
    recorded_by: str
    total: int
    checked: int
    moved: int
    waiting: int
    is_finished: bool
    percent: int


@dataclass(frozen=True)
class RunPage:
    """Runs, newest first; keyset by id."""

    rows: list[RunRow]
    next_cursor: int | None

    @property
    def is_working(self) -> bool:
        return any(not row.is_finished for row in self.rows)


@dataclass(frozen=True)
class MovedPage:
    """What one run moved, as far as the actor may see the dossiers."""

    run: RunRow
    rows: list[RecomputedLine]
    next_cursor: int | None


def run_page(*, actor: Actor, before: int | None = None) -> RunPage:
    """Runs of the calendar and the outages that concern the actor's units; oversight and administrators see all."""
    rows = _visible(actor).select_related("outage__unit", "outage__recorded_by")
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    shown = [_row(run) for run in found[:PAGE]]
    return RunPage(shown, shown[-1].id if len(found) > PAGE else None)


def moved_page(*, actor: Actor, run_id: int, after: int | None = None) -> MovedPage:
    """The dossiers of a run in the order they were done; NotFound recomputation.not_found."""
    run = _visible(actor).select_related("outage__unit", "outage__recorded_by").filter(pk=run_id).first()
    if run is None:
        raise NotFound("Không tìm thấy lần tính lại này.", code="recomputation.not_found")
    lines = RecomputedLine.objects.filter(run=run, dossier__in=Dossier.objects.visible_to(actor))
    if after:
        lines = lines.filter(pk__gt=after)
    columns = ("dossier__code", "dossier__procedure_name", "dossier__recomputed_due_at")
    found = list(
        lines.select_related("dossier")
        .only("run_id", "old_due_at", "new_due_at", "waits", "at", *columns)
        .order_by("pk")[: PAGE + 1]
    )
    shown = found[:PAGE]
    return MovedPage(_row(run), shown, shown[-1].pk if len(found) > PAGE else None)


def systems_known() -> list[str]:
    """Names to offer: those recorded before, then the usual ones."""
    used = Outage.objects.order_by("-pk").values_list("system", flat=True)[:SUGGESTED_MAX]
    return list(dict.fromkeys([*used, *SYSTEMS]))


def _visible(actor: Actor) -> QuerySet[Recomputation]:
    actor.require(OUTAGE)
    if actor.sees_all_units:
        return Recomputation.objects.all()
    shared = Recomputation.objects.filter(outage__unit__isnull=True)
    return shared | Recomputation.objects.filter(outage__unit_id__in=actor.unit_ids)


def _row(run: Recomputation) -> RunRow:
    outage = run.outage
    done = run.finished_at is not None or not run.total
    return RunRow(
        id=run.pk,
        cause=run.get_cause_display(),
        note=run.note,
        unit_name=outage.unit.short_name if outage and outage.unit else "mọi đơn vị",
        began_at=run.started_at,
        outage_from=outage.started_at if outage else None,
        outage_to=outage.ended_at if outage else None,
        recorded_by=outage.recorded_by.full_name if outage else "",
        total=run.total,
        checked=run.checked,
        moved=run.moved,
        waiting=run.waiting,
        is_finished=run.finished_at is not None,
        percent=PERCENT if done else min(PERCENT, PERCENT * run.checked // run.total),
    )
