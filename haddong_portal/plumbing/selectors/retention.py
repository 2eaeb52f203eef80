"""What is kept how long today, and what would go: the stored rules, else the shipped ones. Reads only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from haddong_portal.common import clock
from haddong_portal.plumbing.models import RetentionRule, RetentionRun
from haddong_portal.plumbing.retention import RetentionSource, retention_sources

DATA_FILE = Path(__file__).parent.parent / "data" / "retention.json"
SAMPLES_MAX = 5
HISTORY_MAX = 30


@dataclass(frozen=True)
class RuleInForce:
    """A source with the keep-time that holds on a day. `valid_from` is None for the shipped one."""

    source: RetentionSource
    keep_days: int
    min_days: int
    legal: str
    is_active: bool
    valid_from: date | None

    def before(self, now: datetime) -> datetime:
        """What is older than this has been kept long enough."""
        return now - timedelta(days=self.keep_days)


@dataclass(frozen=True)
class Preview:
    """What applying a rule would do: a count, and keys of a few rows, which say nothing about anybody."""

    code: str
    before: datetime
    due: int
    samples: list[str]


def rules_in_force(today: date) -> list[RuleInForce]:
    """One for each registered source, by code."""
    stored: dict[str, RetentionRule] = {}
    for row in RetentionRule.objects.filter(valid_from__lte=today).order_by("valid_from"):
        stored[row.code] = row
    return [_in_force(source, stored.get(source.code)) for source in retention_sources()]


def rule_in_force(code: str, today: date) -> RuleInForce | None:
    return next((rule for rule in rules_in_force(today) if rule.source.code == code), None)


def preview(rule: RuleInForce, now: datetime) -> Preview:
    """The dry run: counts, and changes nothing."""
    before = clock.local(rule.before(now))
    rows = rule.source.due(before)
    label = rows.model._meta.label
    samples = [f"{label} {pk}" for pk in rows.order_by("pk").values_list("pk", flat=True)[:SAMPLES_MAX]]
    return Preview(rule.source.code, before, rows.count(), samples)


def last_runs() -> dict[str, RetentionRun]:
    """The latest application of each rule."""
    latest = RetentionRun.objects.order_by("code", "-started_at", "-pk").distinct("code")
    return {run.code: run for run in latest}


def rule_history(code: str) -> list[Any]:
    """Who set which keep-time when, newest first."""
    past = RetentionRule.history.filter(code=code).select_related("history_user")
    return list(past.order_by("-history_date", "-history_id")[:HISTORY_MAX])


@cache
def shipped_rules() -> dict[str, dict[str, Any]]:
    """data/retention.json by code."""
    return {rule["code"]: rule for rule in json.loads(DATA_FILE.read_text(encoding="utf-8"))["rules"]}


def _in_force(source: RetentionSource, row: RetentionRule | None) -> RuleInForce:
    shipped = shipped_rules()[source.code]
    min_days = shipped["min_days"]
    if row is None:
        return RuleInForce(source, shipped["keep_days"], min_days, shipped["source"], shipped["is_active"], None)
    return RuleInForce(source, row.keep_days, min_days, row.source, row.is_active, row.valid_from)
