"""Load the shipped delegations between the district's units, marked as not confirmed.

Run by set-up and the demo, any number of times: a decision recorded between two units is left alone. Writes Delegation
and, where the file says so, UnitProcedure.delegated_by.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from haddong_portal.accounts.models import Unit
from procedures.models import Delegation, Procedure
from procedures.services.grant_delegation import DelegationData, record_delegation
from procedures.services.load_iso_processes import Loaded

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "delegations.json"


@transaction.atomic
def load_delegations(path: Path = SHIPPED) -> Loaded:
    """Add the delegations between stored units that are not recorded yet; unknown procedures are passed over."""
    rows = json.loads(path.read_text(encoding="utf-8"))["delegations"]
    units = dict(Unit.objects.values_list("key", "pk"))
    procedures = dict(Procedure.objects.values_list("national_code", "pk"))
    stored = set(Delegation.objects.values_list("from_unit_id", "to_unit_id", "decision_no"))
    added = kept = 0
    for row in rows:
        for data in _delegations(row, units, procedures):
            if (data.from_unit_id, data.to_unit_id, data.decision_no) in stored:
                kept += 1
                continue
            record_delegation(data=data, bind_procedures=row["bind"])
            added += 1
    return Loaded(added, kept)


def _delegations(
    row: Mapping[str, Any], units: Mapping[str, int], procedures: Mapping[str, int]
) -> Iterator[DelegationData]:
    """One delegation for each receiving unit that is stored; none when nothing it covers is."""
    covered = tuple(procedures[code] for code in row["procedure_codes"] if code in procedures)
    for key in row["to_units"]:
        if covered and key in units and row["from_unit"] in units:
            yield DelegationData(
                from_unit_id=units[row["from_unit"]],
                to_unit_id=units[key],
                decision_no=row["decision_no"],
                decided_on=date.fromisoformat(row["decided_on"]),
                valid_from=date.fromisoformat(row["valid_from"]),
                valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
                acts=tuple(row["acts"]),
                procedure_ids=covered,
                confirmed=row["confirmed"],
                note=row["note"],
            )
