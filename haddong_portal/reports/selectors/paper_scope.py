"""What a report of papers is about: which days and which units, within what the reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM

FIGURES = "report.papers"


@dataclass(frozen=True)
class PaperScope:
    """From the first day to the last, both included. `unit_ids` None: every unit."""

    first: date
    last: date
    unit_ids: frozenset[int] | None

    @property
    def since(self) -> datetime:
        return datetime.combine(self.first, time.min, tzinfo=VIETNAM)

    @property
    def before(self) -> datetime:
        return datetime.combine(self.last + timedelta(days=1), time.min, tzinfo=VIETNAM)

    def within(self, moment: str, unit: str = "unit") -> dict[str, object]:
        """Look-ups of a table whose columns are named so."""
        found: dict[str, object] = {f"{moment}__gte": self.since, f"{moment}__lt": self.before}
        if self.unit_ids is not None:
            found[f"{unit}__in"] = sorted(self.unit_ids)
        return found


def paper_scope(*, actor: Actor, first: date, last: date, unit_id: int | None = None) -> PaperScope:
    """Oversight asks for one unit or all; anybody else has their own. NotAllowed without the right."""
    actor.require(FIGURES)
    if not actor.sees_all_units:
        return PaperScope(first, last, actor.unit_ids)
    return PaperScope(first, last, None if unit_id is None else frozenset({unit_id}))


def units_to_choose(*, actor: Actor, on: date) -> list[tuple[int, str]]:
    """(id, name) for the filter; empty for whoever sees the own unit alone."""
    if not actor.sees_all_units:
        return []
    units = Unit.objects.valid_on(on).filter(has_one_stop_desk=True).order_by("sort_order", "id")
    return list(units.values_list("pk", "short_name"))
