"""Load the rule-sets that the portal ships. System; adds what is missing, changes no value that is stored.

A stored value is law that dossiers were accepted under: a correction of the shipped file reaches it only by an
administrator's change. A value or form that is new in the file comes into every stored version of its series, and a
value that nothing reads any more leaves it (`retired_values`, docs/adr/0007); the history keeps both.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from dossiers.models import RuleSet
from dossiers.rules.shipped_rulesets import PATH
from dossiers.selectors.rulesets import forget_rules

NEW_VALUES = "Giá trị mới của phần mềm"
RETIRED_VALUES = "Bỏ giá trị không còn dùng"


@transaction.atomic
def load_rulesets() -> tuple[int, int]:
    """(created, kept). `policy` holds the values by key and `linked_groups`; `sources` the legal keys."""
    shipped = json.loads(PATH.read_text(encoding="utf-8"))
    rows = shipped["rulesets"]
    retired = frozenset((*shipped["retired_values"], *shipped["retired_form_facts"]))
    known = set(RuleSet.objects.values_list("series", flat=True))
    missing = [row for row in rows if row["code"] not in known]
    for row in missing:
        _create(row)
    for row in rows:
        for stored in RuleSet.objects.select_for_update().filter(series=row["code"]):
            _bring_up_to_date(stored, row, retired)
    transaction.on_commit(forget_rules)
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


def _bring_up_to_date(stored: RuleSet, row: dict[str, Any], retired: frozenset[str]) -> None:
    """Values, kinds of forms and facts about a form that the stored one does not have yet; without retired ones."""
    policy = {**row["values"], **_without(stored.policy, retired)}
    shipped = {form["form_kind"]: form for form in row["forms"]}
    forms = [{**shipped.get(form["form_kind"], {}), **_without(form, retired)} for form in stored.forms]
    forms += [form for kind, form in shipped.items() if kind not in {each["form_kind"] for each in stored.forms}]
    if (policy, forms) == (stored.policy, stored.forms):
        return
    known = {*stored.policy, *_facts(stored.forms)}
    now = {*policy, *_facts(forms)}
    reasons = (NEW_VALUES if now - known else "", RETIRED_VALUES if known - now else "")
    stored.policy, stored.forms = policy, forms
    stored._change_reason = "; ".join(filter(None, reasons))
    stored.save(update_fields=["policy", "forms"])


def _without(values: Mapping[str, Any], retired: frozenset[str]) -> dict[str, Any]:
    return {key: entry for key, entry in values.items() if key not in retired}


def _facts(forms: Sequence[Mapping[str, Any]]) -> set[tuple[str, str]]:
    """Which fact of which form there is."""
    return {(str(form["form_kind"]), fact) for form in forms for fact in form}
