"""Who changed what in a rule-set, when and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dossiers.models import RuleSet
from dossiers.rules.ruleset_terms import (
    value_text,
)
from dossiers.selectors.ruleset_words import FIELD_LABELS, certainty_look, field_text, form_label, meanings_of_values

HISTORY_MAX = 50


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change: what it was and is, in words."""

    at: datetime
    by: str
    reason: str
    version: int
    applies_from: date | None
    changes: list[str]


def history_of(series: str) -> list[ChangeLine]:
    """Newest first; what each state changed in the one before it."""
    rows = RuleSet.history.filter(series=series).select_related("history_user").order_by("-history_date", "-history_id")
    states = list(rows[: HISTORY_MAX + 1])
    pairs = zip(states, [*states[1:], None], strict=True)
    return [_change(after, before) for after, before in pairs][:HISTORY_MAX]


def _change(after: Any, before: Any) -> ChangeLine:
    return ChangeLine(
        at=after.history_date,
        by=after.history_user.full_name if after.history_user else "Hệ thống",
        reason=after.history_change_reason or ("Nạp lần đầu" if before is None else ""),
        version=after.version,
        applies_from=after.applies_from,
        changes=[] if before is None else [*_value_changes(before, after), *_form_changes(before.forms, after.forms)],
    )


def _value_changes(before: Any, after: Any) -> Iterable[str]:
    meanings = meanings_of_values()
    for key, entry in after.policy.items():
        earlier = before.policy.get(key)
        if entry == earlier or not isinstance(entry, dict):
            continue
        was = value_text(earlier) if isinstance(earlier, dict) else "chưa có"
        sure = (
            f" ({certainty_look(entry).word.lower()})"
            if earlier and earlier.get("certainty") != entry.get("certainty")
            else ""
        )
        yield f"{meanings.get(key, key)}: {was} → {value_text(entry)}{sure}"
    for key, entry in before.policy.items():
        if key not in after.policy and isinstance(entry, dict):
            yield f"{meanings.get(key, key)}: {value_text(entry)} → bỏ"


def _form_changes(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    earlier = {form.get("form_kind"): form for form in before}
    for form in after:
        kind = form.get("form_kind")
        for field, label in FIELD_LABELS.items():
            was, now = field_text(earlier.get(kind, {}), field), field_text(form, field)
            if was != now:
                yield f"{form_label(str(kind))}, {label.lower()}: {was} → {now}"
