"""The day of a one-stop desk: what came in, what is promised, what is late, what nobody collects.

Each figure is the length of a list that its address opens: both use the filters of `work_narrowing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q

from dossiers.constants import IN_PROGRESS, Status
from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet, at_gate
from dossiers.rules.gate_window import open_gates
from dossiers.selectors.work_narrowing import Moments
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common.actors import Actor

KEYS = {
    "desk": F("receiving_unit__key"),
    "desk_name": F("receiving_unit__short_name"),
    "clerk": F("received_by__username"),
    "clerk_name": F("received_by__full_name"),
    "holder": F("owner_unit__key"),
    "holder_name": F("owner_unit__short_name"),
}


@dataclass(frozen=True, slots=True)
class DayFigures:
    """Counts as of a moment; `uncollected` is part of `ready`, `due_today` and `at_gate` may overlap."""

    arrived: int = 0
    due_today: int = 0
    late: int = 0
    at_gate: int = 0
    ready: int = 0
    uncollected: int = 0

    def __add__(self, other: DayFigures) -> DayFigures:
        return DayFigures(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


@dataclass(frozen=True, slots=True)
class DayLine:
    """The figures of a desk, a clerk or a unit that holds dossiers; `key` is a unit's key or a username."""

    key: str
    name: str
    figures: DayFigures


@dataclass(frozen=True)
class DayView:
    """`desks` is empty for a desk's own people; clerks and holders are those of the desk, or of all of them."""

    at: datetime
    total: DayFigures
    desks: list[DayLine]
    clerks: list[DayLine]
    holders: list[DayLine]


def day_view(*, actor: Actor, now: datetime, desk: str = "") -> DayView:
    """Two statements. `desk`, a unit's key, narrows an overseer's view to one desk."""
    moments = Moments(now, work_calendar_for(actor.unit_id))
    base: DossierQuerySet = Dossier.objects.visible_to(actor)
    if not actor.sees_all_units:
        base = base.filter(receiving_unit_id=actor.unit_id or 0)
    if desk:
        base = base.filter(receiving_unit__key=desk)
    rows = [*_open(base, moments), *_arrived(base, moments)]
    overseer = actor.sees_all_units
    return DayView(
        at=now,
        total=sum((_figures(row) for row in rows), DayFigures()),
        desks=_lines(rows, "desk") if overseer else [],
        clerks=_lines(rows, "clerk") if desk or not overseer else [],
        holders=[line for line in _lines(rows, "holder") if line.figures.late + line.figures.due_today],
    )


def _open(base: DossierQuerySet, moments: Moments) -> Iterable[Mapping[str, Any]]:
    """What is promised until the last gate that is open, and the results that wait."""
    windows = open_gates(moments.now, moments.calendar, moments.policy)
    horizon = max(moments.tomorrow, *(window.due_before for window in windows))
    running = Q(status__in=IN_PROGRESS, paused_at__isnull=True)
    ready = Q(status=Status.DONE)
    rows = base.filter(closed_at__isnull=True).filter(Q(due_at__lt=horizon) | ready)
    return (
        rows.order_by()
        .values(**KEYS)
        .annotate(
            due_today=Count("pk", filter=running & Q(due_at__gte=moments.now, due_at__lt=moments.tomorrow)),
            late=Count("pk", filter=running & Q(due_at__lt=moments.now)),
            at_gate=Count("pk", filter=running & at_gate(windows)),
            ready=Count("pk", filter=ready),
            uncollected=Count("pk", filter=ready & Q(finished_at__lt=moments.uncollected_since)),
        )
    )


def _arrived(base: DossierQuerySet, moments: Moments) -> Iterable[Mapping[str, Any]]:
    rows = base.arrived(since=moments.today, before=moments.tomorrow)
    return rows.order_by().values(**KEYS).annotate(arrived=Count("pk"))


def _figures(row: Mapping[str, Any]) -> DayFigures:
    return DayFigures(**{each.name: row.get(each.name, 0) for each in fields(DayFigures)})


def _lines(rows: Iterable[Mapping[str, Any]], by: str) -> list[DayLine]:
    """The rows summed up by one of the keys; the latest first."""
    names: dict[str, str] = {}
    sums: dict[str, DayFigures] = {}
    for row in rows:
        key = row[by] or ""
        names[key] = row[f"{by}_name"] or "chưa rõ"
        sums[key] = sums.get(key, DayFigures()) + _figures(row)
    lines = [DayLine(key, names[key], figures) for key, figures in sums.items() if figures != DayFigures()]
    return sorted(lines, key=lambda line: (-line.figures.late, -line.figures.at_gate, line.name))
