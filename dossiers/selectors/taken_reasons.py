"""The standard reasons for taking a paper although the store holds it: shipped data, one key each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "taken_reasons.json"


@dataclass(frozen=True, slots=True)
class TakenReason:
    """One reason; `key` is the digit that chooses it on the checklist."""

    code: str
    key: str
    label: str


@cache
def taken_reasons() -> tuple[TakenReason, ...]:
    """In the order of their keys."""
    rows = json.loads(SHIPPED.read_text(encoding="utf-8"))["reasons"]
    return tuple(TakenReason(row["code"], row["key"], row["label"]) for row in rows)


def taken_words(code: str) -> str:
    """What the record says for a code; "" for none, and what is no code as it is (connected systems write words)."""
    return next((reason.label for reason in taken_reasons() if reason.code == code), code)
