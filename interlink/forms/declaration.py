"""The one declaration of a linked group, drawn from its published template: shape only, meaning is the service's.

A field whose `required` is a condition is asked only where the condition holds: then it must be filled. The page
shows it without reloading where scripts run; without them it stands there with its condition in words, and what was
typed into a field that does not apply is dropped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from interlink.forms.conditions import Condition, applying, condition_of
from interlink.forms.kinds import NEEDED, choices_of, form_field

FLAG = "flag"


def name_of(key: str) -> str:
    """The form's name of a template's field: `child.full_name` → `child__full_name`."""
    return key.replace(".", "__")


@dataclass(frozen=True)
class Row:
    """One field as the page draws it: `when` is its condition as JSON, `when_words` the same for people."""

    key: str
    bound: BoundField
    when: str = ""
    when_words: str = ""
    from_card: bool = False


@dataclass(frozen=True)
class Section:
    """One folded part of the page. `open`: somebody has to look into it; `missing`: required boxes still empty."""

    key: str
    label: str
    person: bool
    rows: list[Row]
    open: bool
    missing: int

    @property
    def fills(self) -> bool:
        """Whether a card or the population register can fill it."""
        return self.person and any(row.from_card for row in self.rows)


class DeclarationForm(forms.Form):
    """The form of one template. `cleaned_data` is replaced by `declaration()` for who wants the template's keys."""

    def __init__(
        self,
        definition: Mapping[str, Any],
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.definition = definition
        self.specs: dict[str, Mapping[str, Any]] = {spec["key"]: spec for spec in definition["fields"]}
        for key, spec in self.specs.items():
            self.fields[name_of(key)] = form_field(spec, required=spec.get("required") is True)
        self._keep_empty_quiet()

    def _keep_empty_quiet(self) -> None:
        """No HTML `required`: the page is saved half-filled, and the server's sentences say more."""
        self.use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        """Drops what does not apply; asks for what applies by condition."""
        cleaned = dict(self.cleaned_data)
        shown = applying(self.specs, self._facts(cleaned))
        for key, spec in self.specs.items():
            name = name_of(key)
            if key not in shown:
                cleaned.pop(name, None)
                self.errors.pop(name, None)
            elif condition_of(spec) and name not in self.errors and cleaned.get(name) in (None, "", False):
                self.add_error(name, forms.ValidationError(NEEDED["required"], code="required"))
        return cleaned

    def _facts(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        return {key: cleaned[name_of(key)] for key in self.specs if name_of(key) in cleaned}

    def declaration(self) -> dict[str, Any]:
        """What was declared, by the template's keys; empty boxes are absent. Only of a valid form."""
        facts = self._facts(self.cleaned_data)
        return {key: value for key, value in facts.items() if value not in (None, "")}

    def typed(self) -> dict[str, Any]:
        """What stands in the boxes now as facts, read leniently: for a page that is not finished."""
        return {key: self._typed(key, spec) for key, spec in self.specs.items()}

    def _typed(self, key: str, spec: Mapping[str, Any]) -> Any:
        value = self[name_of(key)].value()
        return value in (True, "on", "true", "True") if spec["kind"] == FLAG else str(value or "").strip()

    def sections(self) -> Iterator[Section]:
        """The parts of the page in the template's order; the first that lacks something stands open."""
        facts = self.typed()
        shown = applying(self.specs, facts)
        opened = False
        for place, part in enumerate(self.definition["sections"]):
            rows = [self._row(spec) for spec in self.specs.values() if spec["section"] == part["key"]]
            missing = sum(self._is_missing(row.key, shown, facts) for row in rows)
            wrong = any(row.bound.errors for row in rows)
            is_open = wrong or (not self.is_bound and not opened and (missing > 0 or place == 0))
            opened = opened or is_open
            yield Section(part["key"], part["label"], bool(part.get("person")), rows, is_open, missing)

    def _is_missing(self, key: str, shown: frozenset[str], facts: Mapping[str, Any]) -> bool:
        return bool(key in shown and self.specs[key].get("required") and not facts[key])

    def _row(self, spec: Mapping[str, Any]) -> Row:
        condition = condition_of(spec)
        return Row(
            key=spec["key"],
            bound=self[name_of(spec["key"])],
            when=json.dumps(condition, ensure_ascii=False) if condition else "",
            when_words=self._words(condition) if condition else "",
            from_card=spec.get("from") in ("card", "population"),
        )

    def _words(self, condition: Condition) -> str:
        """A condition for people: `Người hưởng trợ cấp: Bảo hiểm xã hội`."""
        if "all" in condition:
            return " và ".join(self._words(each) for each in condition["all"])
        if "any" in condition:
            return " hoặc ".join(self._words(each) for each in condition["any"])
        if "not" in condition:
            return f"không phải {self._words(condition['not'])}"
        spec = self.specs[condition["field"]]
        return f"{spec['label']}: {' / '.join(self._value_word(spec, each) for each in condition['is'])}"

    @staticmethod
    def _value_word(spec: Mapping[str, Any], value: Any) -> str:
        if spec["kind"] == FLAG:
            return "có" if value else "không"
        return dict(choices_of(spec)).get(str(value), str(value))
