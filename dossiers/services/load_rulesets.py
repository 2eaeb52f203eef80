"""Load the rule-sets that the portal ships. System; adds what is missing, changes nothing.

A stored rule-set is law that dossiers were accepted under: a correction of the shipped file reaches it only by hand.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.db import transaction

from dossiers.models import RuleSet
from dossiers.rules.shipped_rulesets import PATH


@transaction.atomic
def load_rulesets() -> tuple[int, int]:
    """(created, kept). `policy` holds the values by key and `linked_groups`; `sources` the legal keys."""
    rows = json.loads(PATH.read_text(encoding="utf-8"))["rulesets"]
    known = set(RuleSet.objects.values_list("code", flat=True))
    missing = [row for row in rows if row["code"] not in known]
    for row in missing:
        _create(row)
    return len(missing), len(rows) - len(missing)


def _create(row: dict[str, Any]) -> RuleSet:
    return RuleSet.objects.create(
        code=row["code"],
        name=row["name"],
        effective_from=date.fromisoformat(row["effective_from"]),
        effective_to=date.fromisoformat(row["effective_to"]) if row["effective_to"] else None,
        policy={**row["values"], "linked_groups": row["linked_groups"]},
        forms=row["forms"],
        sources=row["legal_keys"],
    )
