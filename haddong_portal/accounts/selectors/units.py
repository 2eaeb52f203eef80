"""Which units there are, by key, day and place in the tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from haddong_portal.accounts.models import SuccessionPlan, Unit
from haddong_portal.common import clock
from haddong_portal.common.errors import NotFound


def unit_by_key(key: str) -> Unit:
    """The unit with this stable key; NotFound `unit.not_found`."""
    found = Unit.objects.filter(key=key).first()
    if found is None:
        raise NotFound(f"Không có đơn vị “{key}”.", code="unit.not_found")
    return found


def district() -> Unit:
    """The unit that this deployment belongs to (PORTAL_DISTRICT_KEY)."""
    return unit_by_key(settings.PORTAL_DISTRICT_KEY)


def units_on(day: date | None = None) -> list[Unit]:
    """Every unit that exists on a day (today), in the order of the official list."""
    return list(Unit.objects.valid_on(day or clock.today()).select_related("parent"))


def desks_on(day: date | None = None) -> list[Unit]:
    """Units whose one-stop desk receives dossiers on a day (today): the district's desk first, then the wards."""
    return list(Unit.objects.valid_on(day or clock.today()).with_desk())


def unit_names(ids: Iterable[int]) -> dict[int, str]:
    """Short names by id, for lists that carry ids only."""
    return dict(Unit.objects.filter(pk__in=list(ids)).values_list("pk", "short_name"))


@dataclass(frozen=True)
class TreeRow:
    """A unit in the tree; `depth` 0 is the province."""

    unit: Unit
    depth: int


def unit_tree(day: date | None = None) -> list[TreeRow]:
    """The units of a day as an indented list: each below its parent, siblings in official order."""
    units = units_on(day)
    present = {unit.pk for unit in units}
    children: dict[int | None, list[Unit]] = {}
    for unit in units:
        children.setdefault(unit.parent_id if unit.parent_id in present else None, []).append(unit)
    return _rows(children, None, 0)


def _rows(children: dict[int | None, list[Unit]], parent_id: int | None, depth: int) -> list[TreeRow]:
    rows: list[TreeRow] = []
    for unit in children.get(parent_id, ()):
        rows += [TreeRow(unit, depth), *_rows(children, unit.pk, depth + 1)]
    return rows


def succession_plans() -> list[SuccessionPlan]:
    """The mergers that ship as plans, by their day."""
    return list(SuccessionPlan.objects.order_by("effective_on"))
