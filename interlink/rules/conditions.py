"""Conditions of a template: what must be declared for a leg, a paper or a limit to apply. Pure data and its meaning.

{"field": "allowance.kind", "is": ["merit"]}, {"field": "x", "filled": true}, {"all": […]}, {"any": […]}, {"not": {…}}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Operator = Literal["is", "filled", "all", "any", "not"]


class ConditionUnreadable(ValueError):
    """The JSON is no condition; the text says what is wrong."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One node: a comparison of one field, or a combination of `parts`."""

    operator: Operator
    field: str = ""
    values: frozenset[str] = frozenset()
    parts: tuple[Condition, ...] = ()

    def holds(self, facts: Mapping[str, str]) -> bool:
        """Whether it is so; a field that nobody filled in is ""."""
        if self.operator == "is":
            return facts.get(self.field, "") in self.values
        if self.operator == "filled":
            return bool(facts.get(self.field, ""))
        if self.operator == "not":
            return not self.parts[0].holds(facts)
        found = (part.holds(facts) for part in self.parts)
        return all(found) if self.operator == "all" else any(found)

    def fields(self) -> Iterator[str]:
        """Every field it asks about."""
        if self.field:
            yield self.field
        for part in self.parts:
            yield from part.fields()


def parse_condition(raw: Any) -> Condition | None:
    """None for "always" (JSON null or true). Raises ConditionUnreadable."""
    return None if raw is None or raw is True else _parse(raw)


def holds(condition: Condition | None, facts: Mapping[str, str]) -> bool:
    """A missing condition always holds."""
    return condition is None or condition.holds(facts)


def _parse(raw: Any) -> Condition:
    if not isinstance(raw, Mapping):
        raise ConditionUnreadable("điều kiện phải là một đối tượng")
    keys = set(raw)
    if keys == {"field", "is"}:
        return Condition("is", str(raw["field"]), frozenset(map(str, _list(raw["is"]))))
    if keys == {"field", "filled"}:
        filled = Condition("filled", str(raw["field"]))
        return filled if raw["filled"] else Condition("not", parts=(filled,))
    if keys == {"not"}:
        return Condition("not", parts=(_parse(raw["not"]),))
    for operator in ("all", "any"):
        if keys == {operator}:
            return Condition(operator, parts=tuple(_parse(part) for part in _list(raw[operator])))
    raise ConditionUnreadable(f"không hiểu điều kiện có các khóa {', '.join(sorted(map(str, keys)))}")


def _list(raw: Any) -> Sequence[Any]:
    if not isinstance(raw, list) or not raw:
        raise ConditionUnreadable("điều kiện thiếu danh sách giá trị")
    return raw
