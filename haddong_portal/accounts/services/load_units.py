"""Load the units and the succession plans that the portal ships. System; adds what is missing, changes nothing.

A plan stays `planned`: no loader applies it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from haddong_portal.accounts.constants import PlanStatus
from haddong_portal.accounts.models import SuccessionPlan, Unit
from haddong_portal.accounts.shipped import Loaded, day, read_data

_PLAN_COLUMNS = ("key", "title", "effective_on", "legal_basis", "status")


@transaction.atomic
def load_units() -> Loaded:
    """Create the units of units.json that are not there yet, parents first (the file's order)."""
    known = {unit.key: unit for unit in Unit.objects.all()}
    rows = read_data("units.json")["units"]
    missing = [row for row in rows if row["key"] not in known]
    for row in missing:
        known[row["key"]] = _create(row, known[row["parent"]] if row["parent"] else None)
    return Loaded("đơn vị", len(missing), len(rows) - len(missing))


def _create(row: dict[str, Any], parent: Unit | None) -> Unit:
    return Unit.objects.create(
        key=row["key"],
        code=row["code"] or "",
        org_code=row["org_code"] or "",
        org_code_confirmed=row["org_code_confirmed"],
        name=row["name"],
        short_name=row["short_name"],
        kind=row["kind"],
        level=row["level"],
        parent=parent,
        address=row["address"] or "",
        has_one_stop_desk=row["has_one_stop_desk"],
        desk_name=row["desk_name"] or "",
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=day(row["valid_to"]),
        sort_order=row["sort_order"],
    )


@transaction.atomic
def load_succession_plans() -> Loaded:
    """Create the plans of successions.json that are not there yet; their content is kept whole as data."""
    known = set(SuccessionPlan.objects.values_list("key", flat=True))
    rows = read_data("successions.json")["plans"]
    missing = [row for row in rows if row["key"] not in known]
    SuccessionPlan.objects.bulk_create(
        SuccessionPlan(
            key=row["key"],
            title=row["title"],
            effective_on=date.fromisoformat(row["effective_on"]),
            legal_basis=row["legal_basis"],
            status=PlanStatus.PLANNED,
            plan={name: value for name, value in row.items() if name not in _PLAN_COLUMNS},
        )
        for row in missing
    )
    return Loaded("kế hoạch sắp xếp", len(missing), len(rows) - len(missing))
