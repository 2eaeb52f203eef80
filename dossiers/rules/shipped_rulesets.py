"""The rule-sets that the portal ships, read from their file: for answers that need no database."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import dossiers
from dossiers.rules.clock_policy import ClockPolicy
from haddong_portal.common.errors import DomainError

PATH = Path(dossiers.__file__).parent / "data" / "rulesets.json"


def shipped_policy(code: str | None = None) -> ClockPolicy:
    """The clock's part of a shipped rule-set (the file's default without a code); DomainError ruleset.unknown."""
    shipped = _shipped()
    rows = {row["code"]: row["values"] for row in shipped["rulesets"]}
    wanted = (code or "").strip().upper() or str(shipped["default"])
    if wanted not in rows:
        message = f"Không có bộ quy tắc “{wanted[:20]}”; có {', '.join(rows)}."
        raise DomainError("ruleset.unknown", message, "ruleset")
    return ClockPolicy.from_rule_set(wanted, rows[wanted])


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"))
    return loaded
