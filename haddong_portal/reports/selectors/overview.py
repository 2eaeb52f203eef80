"""The state of things now, unit by unit, straight from the dossiers: what each figure means stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from dossiers.constants import IN_PROGRESS, Status
from dossiers.models import Dossier
from haddong_portal.common.actors import Actor

WINDOW = timedelta(days=30)


@dataclass(frozen=True)
class UnitFigures:
    """Counts of one receiving unit; `on_time_percent` None when nothing was finished in the window."""

    name: str
    received: int
    open: int
    overdue: int
    uncollected: int
    finished: int
    on_time: int

    @property
    def on_time_percent(self) -> int | None:
        return round(100 * self.on_time / self.finished) if self.finished else None


@dataclass(frozen=True)
class Overview:
    """All visible units, worst first, and their sum."""

    at: datetime
    total: UnitFigures
    units: list[UnitFigures]


def overview(*, actor: Actor, now: datetime) -> Overview:
    """One statement: received and finished in the last thirty days; open, overdue and uncollected as of now."""
    since = now - WINDOW
    finished = Q(finished_at__gte=since, finished_at__lte=now)
    rows = (
        Dossier.objects.visible_to(actor)
        .values(name=F("receiving_unit__short_name"))
        .annotate(
            received=Count("id", filter=Q(accepted_at__gte=since, accepted_at__lte=now)),
            open=Count("id", filter=Q(status__in=IN_PROGRESS)),
            overdue=Count("id", filter=Q(status__in=IN_PROGRESS, paused_at__isnull=True, due_at__lt=now)),
            uncollected=Count("id", filter=Q(status=Status.DONE)),
            finished=Count("id", filter=finished),
            on_time=Count("id", filter=finished & Q(finished_at__lte=F("due_at"))),
        )
        .order_by("-overdue", "-open", "name")
    )
    units = [UnitFigures(**row) for row in rows]
    return Overview(now, _sum(units), units)


def _sum(units: list[UnitFigures]) -> UnitFigures:
    names = ("received", "open", "overdue", "uncollected", "finished", "on_time")
    return UnitFigures("Tất cả", **{name: sum(getattr(unit, name) for unit in units) for name in names})
