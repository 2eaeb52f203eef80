"""The one declaration of a linked group, drawn from its published template: shape only, meaning is the service's.

A field that applies by condition is shown without reloading where scripts run; without them it stands there with its
condition in words, and what was typed into a field that does not apply is dropped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from interlink.forms.applying import applying, as_json, in_words, required, when_of
from interlink.forms.kinds import NEEDED, fact_of, form_field
from interlink.rules.template import VERIFIED, Field, Template

YES = "yes"
TICKED = (True, "on", "true", "True", YES)


def name_of(key: str) -> str:
    """The form's name of a template's field: `child.full_name` → `child__full_name`."""
    return key.replace(".", "__")


@dataclass(frozen=True)
class Row:
    """One field as the page draws it: `when` is its conditions as JSON, the words are for people."""

    key: str
    bound: BoundField
    when: str = ""
    when_words: str = ""
    required_words: str = ""
    from_card: bool = False


@dataclass(frozen=True)
class PartOfForm:
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
    """The form of one template; `facts()` gives what was declared under the template's keys."""

    use_required_attribute = False  # the page is saved half-filled, and the server's sentences say more

    def __init__(
        self,
        template: Template,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, str] | None = None,
        verified: bool = False,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.template = template
        self.given = {VERIFIED: YES} if verified else {}
        for field in template.fields:
            asked = field.always_required and not when_of(template, field)
            self.fields[name_of(field.key)] = form_field(field, required=asked)

    def clean(self) -> dict[str, Any]:
        """Drops what does not apply; asks for what applies and is required."""
        cleaned = dict(self.cleaned_data)
        facts = self._facts(cleaned)
        shown = applying(self.template, facts)
        known = {key: value for key, value in facts.items() if key in shown or key in self.given}
        for field in self.template.fields:
            name = name_of(field.key)
            if field.key not in shown:
                cleaned.pop(name, None)
                self.errors.pop(name, None)
            elif name not in self.errors and not facts.get(field.key) and required(field, known):
                self.add_error(name, forms.ValidationError(NEEDED["required"], code="required"))
        return cleaned

    def _facts(self, cleaned: Mapping[str, Any]) -> dict[str, str]:
        keys = (field.key for field in self.template.fields)
        return self.given | {key: fact_of(cleaned[name_of(key)]) for key in keys if name_of(key) in cleaned}

    def facts(self) -> dict[str, str]:
        """What was declared, by the template's keys; empty boxes are absent. Only of a valid form."""
        return {key: value for key, value in self._facts(self.cleaned_data).items() if value and key not in self.given}

    def typed(self) -> dict[str, str]:
        """What stands in the boxes now as facts, read leniently: for a page that is not finished."""
        return self.given | {field.key: self._typed(field) for field in self.template.fields}

    def _typed(self, field: Field) -> str:
        value = self[name_of(field.key)].value()
        if field.kind == "flag":
            return YES if value in TICKED else ""
        return str(value or "").strip()

    def parts(self) -> Iterator[PartOfForm]:
        """The parts of the page in the template's order; the first that lacks something stands open."""
        facts = self.typed()
        shown = applying(self.template, facts)
        known = {key: value for key, value in facts.items() if key in shown or key in self.given}
        opened = False
        for place, section in enumerate(self.template.sections):
            fields = [field for field in self.template.fields if field.section == section.key]
            rows = [self._row(field) for field in fields]
            missing = sum(field.key in shown and required(field, known) and not facts[field.key] for field in fields)
            wrong = any(row.bound.errors for row in rows)
            is_open = wrong or (not self.is_bound and not opened and (missing > 0 or place == 0))
            opened = opened or is_open
            yield PartOfForm(section.key, section.label, section.person, rows, is_open, missing)

    @property
    def missing(self) -> int:
        """How many required boxes are still empty."""
        return sum(part.missing for part in self.parts())

    def _row(self, field: Field) -> Row:
        whens = when_of(self.template, field)
        by_condition = field.required if not field.always_required else None
        return Row(
            key=field.key,
            bound=self[name_of(field.key)],
            when=json.dumps([as_json(one) for one in whens], ensure_ascii=False) if whens else "",
            when_words=" và ".join(in_words(self.template, one) for one in whens),
            required_words=in_words(self.template, by_condition) if by_condition else "",
            from_card=field.source in ("card", "population"),
        )
