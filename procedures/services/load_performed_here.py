"""Load who performs what: per level, then department by department, then the exceptions with their reasons.

Run by set-up and the demo, any number of times: what an editor has decided since is left alone. Writes UnitProcedure
with its history (domain.md §6.2).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from haddong_portal.accounts.models import Unit
from procedures.models import Procedure, UnitProcedure
from procedures.services.load_iso_processes import Loaded
from procedures.services.revision import bump_revision

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "performed_here.json"
SELF = "self"

Plan = dict[tuple[str, str], dict[str, Any]]


@transaction.atomic
def load_performed_here(path: Path = SHIPPED) -> Loaded:
    """Add the decisions for units and procedures that are stored and still undecided."""
    plan = planned_performances(json.loads(path.read_text(encoding="utf-8")))
    units = dict(Unit.objects.values_list("key", "pk"))
    procedures = dict(Procedure.objects.values_list("national_code", "pk"))
    decided = set(UnitProcedure.objects.values_list("unit_id", "procedure_id"))
    rows, kept = [], 0
    for (unit, code), decision in plan.items():
        if unit not in units or code not in procedures:
            continue
        if (units[unit], procedures[code]) in decided:
            kept += 1
            continue
        rows.append(_row(units, units[unit], procedures[code], decision))
    bulk_create_with_history(rows, UnitProcedure)
    if rows:
        bump_revision()
    return Loaded(len(rows), kept)


def planned_performances(shipped: Mapping[str, Any]) -> Plan:
    """(unit key, procedure code) → performed, reason, handling and signing unit keys; later rules win."""
    plan: Plan = {}
    handlers = _handlers(shipped["departments"])
    for level in shipped["levels"]:
        for unit in level["units"]:
            plan |= _of_level(level, unit, handlers if level["handling_unit"] != SELF else {})
    for exception in shipped["exceptions"]:
        key = (exception["unit"], exception["code"])
        plan[key] = plan.get(key, {}) | {"performed": exception["performed"], "reason": exception["reason"] or ""}
    return plan


def _handlers(departments: list[Mapping[str, Any]]) -> dict[str, tuple[str, str]]:
    return {
        procedure["code"]: (department["unit"], procedure["signing_unit"])
        for department in departments
        for procedure in department["procedures"]
    }


def _of_level(level: Mapping[str, Any], unit: str, handlers: Mapping[str, tuple[str, str]]) -> Plan:
    plan: Plan = {}
    for code in level["performed"]:
        handling, signing = handlers.get(code, (level["handling_unit"], level["signing_unit"]))
        plan[unit, code] = {"performed": True, "handling": handling, "signing": signing}
    for forwarded in level["forwarded"]:
        plan[unit, forwarded["code"]] = {
            "performed": True,
            "handling": forwarded["handling_unit"],
            "signing": forwarded["signing_unit"],
        }
    for refused in level["not_performed"]:
        for code in refused["codes"]:
            plan[unit, code] = {"performed": False, "reason": refused["reason"]}
    return plan


def _row(units: Mapping[str, int], unit_id: int, procedure_id: int, decision: Mapping[str, Any]) -> UnitProcedure:
    return UnitProcedure(
        unit_id=unit_id,
        procedure_id=procedure_id,
        performed=decision["performed"],
        reason=decision.get("reason", ""),
        handling_unit_id=_unit(units, decision.get("handling")),
        signing_unit_id=_unit(units, decision.get("signing")),
    )


def _unit(units: Mapping[str, int], key: str | None) -> int | None:
    """A named unit; None for "the receiving unit itself"."""
    return units.get(key) if key and key != SELF else None
