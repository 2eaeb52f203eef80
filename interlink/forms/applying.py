"""Which parts of a declaration apply to what was typed. The same reading is in static/js/declaration.js."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from interlink.rules.conditions import Condition, holds
from interlink.rules.template import Field, Template


def when_of(template: Template, field: Field) -> tuple[Condition, ...]:
    """What must hold for a field to be asked: its section's condition and its own."""
    sections = {section.key: section.when for section in template.sections}
    return tuple(one for one in (sections.get(field.section), field.when) if one is not None)


def applying(template: Template, facts: Mapping[str, str]) -> frozenset[str]:
    """The keys of the fields that apply. A field that does not apply is no fact for another's condition."""
    whens = {field.key: when_of(template, field) for field in template.fields}
    shown = frozenset(whens)
    for _ in whens:
        known = {key: value for key, value in facts.items() if key in shown or key not in whens}
        still = frozenset(key for key, when in whens.items() if all(one.holds(known) for one in when))
        if still == shown:
            return shown
        shown = still
    return shown


def required(field: Field, facts: Mapping[str, str]) -> bool:
    """Whether a field that applies must be filled."""
    return field.always_required or (field.required is not None and holds(field.required, facts))


def as_json(condition: Condition) -> dict[str, Any]:
    """A condition for the page's script."""
    return {
        "op": condition.operator,
        "field": condition.field,
        "values": sorted(condition.values),
        "parts": [as_json(part) for part in condition.parts],
    }


def in_words(template: Template, condition: Condition) -> str:
    """A condition for people: `Nhóm chế độ: Bảo hiểm xã hội`."""
    if condition.operator in ("all", "any"):
        joint = " và " if condition.operator == "all" else " hoặc "
        return joint.join(in_words(template, part) for part in condition.parts)
    if condition.operator == "not":
        return f"không phải {in_words(template, condition.parts[0])}"
    field = template.declared(condition.field)
    label = field.label if field else condition.field
    if condition.operator == "filled":
        return f"đã khai {label}"
    words = {choice.value: choice.label for choice in field.choices} if field else {}
    return f"{label}: {' / '.join(words.get(value, _plain(value)) for value in sorted(condition.values))}"


def _plain(value: str) -> str:
    return {"yes": "có", "": "không"}.get(value, value)
