"""Rule-sets in words: meanings of values, labels of forms and their fields, how sure a source is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dossiers.constants import FormKind
from dossiers.rules.ruleset_terms import (
    FORM_FIELDS,
    PRINTS_ID,
    SECTORS,
    groups,
)
from haddong_portal.common.web.looks import Look

UNSURE = ("medium", "low")


FIELD_LABELS = {**FORM_FIELDS, SECTORS: "Lĩnh vực dùng mẫu này", PRINTS_ID: "In số định danh"}


CERTAINTIES: Mapping[str, Look] = {
    "high": Look("Chắc chắn", "circle-check", "ok"),
    "medium": Look("Cần xác nhận", "alert-triangle", "warn"),
    "low": Look("Chưa xác nhận", "alert-circle", "late"),
    "design": Look("Phần mềm chọn", "settings", "info"),
}


def meanings_of_values() -> dict[str, str]:
    return {key: text for _, terms in groups() for key, text in terms.items()}


def field_text(form: Mapping[str, Any], field: str) -> str:
    value = form.get(field)
    if isinstance(value, bool):
        return "có" if value else "không"
    return (", ".join(value) if isinstance(value, list) else str(value or "")) or "—"


def form_label(kind: str) -> str:
    return FormKind(kind).label if kind in FormKind.values else kind


def certainty_look(entry: Mapping[str, Any]) -> Look:
    return CERTAINTIES.get(str(entry.get("certainty")), CERTAINTIES["low"])
