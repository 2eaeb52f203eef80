"""Load the rule-sets that the portal ships. System; adds what is missing, changes nothing that is stored.

A stored value is law that dossiers were accepted under: a correction of the shipped file reaches it only by an
administrator's change. A value or form that is new in the file comes into every stored version of its series.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.db import transaction

from dossiers.models import RuleSet
from dossiers.rules.shipped_rulesets import PATH

NEW_VALUES = "Giá trị mới của phần mềm"


@transaction.atomic
def load_rulesets() -> tuple[int, int]:
    """(created, kept). `policy` holds the values by key and `linked_groups`; `sources` the legal keys."""
    rows = json.loads(PATH.read_text(encoding="utf-8"))["rulesets"]
    known = set(RuleSet.objects.values_list("series", flat=True))
    missing = [row for row in rows if row["code"] not in known]
    for row in missing:
        _create(row)
    for row in rows:
        for stored in RuleSet.objects.select_for_update().filter(series=row["code"]):
            _add_new(stored, row)
    return len(missing), len(rows) - len(missing)


def _create(row: dict[str, Any]) -> RuleSet:
    return RuleSet.objects.create(
        code=row["code"],
        series=row["code"],
        name=row["name"],
        effective_from=date.fromisoformat(row["effective_from"]),
        effective_to=date.fromisoformat(row["effective_to"]) if row["effective_to"] else None,
        policy={**row["values"], "linked_groups": row["linked_groups"]},
        forms=row["forms"],
        sources=row["legal_keys"],
    )


def _add_new(stored: RuleSet, row: dict[str, Any]) -> None:
    """Values, kinds of forms and facts about a form that the stored one does not have yet."""
    policy = {**row["values"], **stored.policy}
    shipped = {form["form_kind"]: form for form in row["forms"]}
    forms = [{**shipped.get(form["form_kind"], {}), **form} for form in stored.forms]
    forms += [form for kind, form in shipped.items() if kind not in {each["form_kind"] for each in stored.forms}]
    if (policy, forms) == (stored.policy, stored.forms):
        return
    stored.policy, stored.forms = policy, forms
    stored._change_reason = NEW_VALUES
    stored.save(update_fields=["policy", "forms"])
