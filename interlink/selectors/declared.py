"""What was declared, for people: the template's parts with their labels, identifiers masked where a role need not see
them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from haddong_portal.common.dates import short_date
from haddong_portal.common.identifiers.masking import mask_id, mask_phone
from haddong_portal.common.identifiers.phones import format_phone


@dataclass(frozen=True, slots=True)
class DeclaredPart:
    """One part of the declaration; `note` says how much stands in it."""

    label: str
    note: str
    lines: list[tuple[str, str]]


def declared_parts(definition: Mapping[str, Any], facts: Mapping[str, Any], *, masked: bool) -> list[DeclaredPart]:
    """Parts with something in them, in the template's order."""
    parts = []
    for section in definition["sections"]:
        specs = [spec for spec in definition["fields"] if spec["section"] == section["key"]]
        lines = [
            (spec["label"], value_text(spec, facts[spec["key"]], masked=masked))
            for spec in specs
            if spec["key"] in facts
        ]
        if lines:
            parts.append(DeclaredPart(section["label"], f"{len(lines)} mục", lines))
    return parts


def value_text(spec: Mapping[str, Any], value: Any, *, masked: bool) -> str:
    """A declared value as people write it."""
    kind, text = spec["kind"], str(value)
    if kind == "flag":
        return "có" if value in (True, "true", "on") else "không"
    if kind == "date":
        return _day(text)
    if kind == "personal_id":
        return mask_id(text) if masked else text
    if kind == "phone":
        return mask_phone(text) if masked else format_phone(text)
    return _choice(spec, text) if kind == "choice" else text


def label_of(definition: Mapping[str, Any], key: str) -> str:
    """The label of a declared field; its key when the template has none of that name."""
    return next((spec["label"] for spec in definition["fields"] if spec["key"] == key), key)


def _choice(spec: Mapping[str, Any], text: str) -> str:
    for each in spec.get("choices") or ():
        value, label = (each["value"], each["label"]) if isinstance(each, Mapping) else (each, each)
        if not isinstance(each, str | Mapping):
            value, label = each[0], each[1]
        if str(value) == text:
            return str(label)
    return text


def _day(text: str) -> str:
    try:
        return short_date(date.fromisoformat(text))
    except ValueError:
        return text
