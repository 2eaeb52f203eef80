"""Which fields of a declaration apply to what was typed. The same reading is in static/js/declaration.js."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Condition = Mapping[str, Any]


def holds(condition: Condition | None, facts: Mapping[str, Any]) -> bool:
    """Whether the condition is true of the facts; what is not known makes a comparison false."""
    if not condition:
        return True
    if "all" in condition:
        return all(holds(each, facts) for each in condition["all"])
    if "any" in condition:
        return any(holds(each, facts) for each in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], facts)
    return facts.get(condition["field"]) in condition["is"]


def condition_of(spec: Mapping[str, Any]) -> Condition | None:
    """When a field is asked at all; None for one that is always asked. A plain yes or no is no condition."""
    required = spec.get("required")
    return required if isinstance(required, Mapping) else None


def applying(fields: Mapping[str, Mapping[str, Any]], facts: Mapping[str, Any]) -> frozenset[str]:
    """The keys of the fields that apply. A field that does not apply is no fact for another's condition."""
    shown = frozenset(fields)
    for _ in fields:
        known = {key: value for key, value in facts.items() if key in shown}
        still = frozenset(key for key, spec in fields.items() if holds(condition_of(spec), known))
        if still == shown:
            return shown
        shown = still
    return shown
