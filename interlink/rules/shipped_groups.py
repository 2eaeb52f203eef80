"""The shipped groups become definitions: their structure is one file's, limits and dates are the rule-sets'."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

GROUPS_PATH = Path(__file__).resolve().parent.parent / "data/groups.json"
AGENCIES_PATH = GROUPS_PATH.with_name("agencies.json")


@dataclass(frozen=True, slots=True)
class ShippedVersion:
    """One version to load: a group under one regime of one rule-set."""

    group: str
    name: str
    procedure_code: str
    ruleset_code: str
    legal_key: str
    effective_from: date
    effective_to: date | None
    definition: Mapping[str, Any]

    @property
    def digest(self) -> str:
        text = json.dumps(self.definition, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def read_shipped() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(GROUPS_PATH.read_text(encoding="utf-8"))
    return found


def read_agencies() -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(AGENCIES_PATH.read_text(encoding="utf-8"))["agencies"]
    return found


def versions_of(shipped: Mapping[str, Any], rulesets: Mapping[str, list[dict[str, Any]]]) -> Iterator[ShippedVersion]:
    """`rulesets`: code → its `linked_groups`. What ended before the file's `not_before` was no electronic group."""
    not_before = date.fromisoformat(shipped["not_before"])
    for group in shipped["groups"]:
        for ruleset, rows in rulesets.items():
            for row in rows:
                begins = date.fromisoformat(row["effective_from"])
                if row["group_kind"] == group["code"] and begins >= not_before:
                    yield _version(group, ruleset, row, begins)


def _version(group: Mapping[str, Any], ruleset: str, row: Mapping[str, Any], begins: date) -> ShippedVersion:
    return ShippedVersion(
        group=group["code"],
        name=group["name"],
        procedure_code=row["procedure_code"],
        ruleset_code=ruleset,
        legal_key=row["legal_key"],
        effective_from=begins,
        effective_to=date.fromisoformat(row["effective_to"]) if row["effective_to"] else None,
        definition=definition_of(group, row, begins),
    )


def definition_of(group: Mapping[str, Any], row: Mapping[str, Any], begins: date) -> dict[str, Any]:
    """The group's structure with this regime's legs, limits and waits."""
    legs = {leg["leg_kind"]: leg for leg in row["legs"]}
    kept = [_leg(leg, legs) for leg in group["legs"] if leg.get("own_limit") or leg["key"] in legs]
    definition = {
        "sections": _since(group["sections"], begins),
        "fields": _since(group["fields"], begins),
        "papers": group["papers"],
        "confirmations": group["confirmations"],
        "legs": kept,
        "subject": group["subject"],
        "subject_else": group.get("subject_else", []),
        "requester": group["requester"],
        "group_limits": [_group_limit(one, group["when_names"], row["legal_key"]) for one in row["group_limits"]],
    }
    waits = {"confirmation_wait": "confirmation_wait", "ack_within": "ack_within", "sync_within": "sync_within"}
    for name, source in waits.items():
        if row.get(source):
            definition[name] = _wait(row[source])
    return definition


def _since(rows: list[dict[str, Any]], begins: date) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in row.items() if key != "since"}
        for row in rows
        if date.fromisoformat(row.get("since", "1900-01-01")) <= begins
    ]


def _leg(leg: Mapping[str, Any], legs: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A leg of the file with what the rule-set says of it."""
    found = {key: value for key, value in leg.items() if key not in ("own_limit", "limit")}
    law = legs.get(leg["key"])
    if law is None:
        return {**found, "limit": leg["limit"]}
    limit = {"value": law["limit"], "unit": law["limit_unit"], "legal_key": law["legal_key"]}
    if law["limit_if_verified"]:
        limit["if_verified"] = law["limit_if_verified"]
    agency = law["agency"] if leg["kind"] == "exchange" else leg["agency"]
    return {**found, "agency": agency, "limit": limit}


def _group_limit(one: Mapping[str, Any], names: Mapping[str, Any], legal_key: str) -> dict[str, Any]:
    limit = {"value": one["limit"], "unit": one["unit"], "legal_key": legal_key}
    return {"when": names[one["when"]], "limit": limit}


def _wait(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"value": row["value"], "unit": row["unit"], "legal_key": row["legal_key"]}
