"""The shipped templates without a database, and small ones to break."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from interlink.rules.check_template import Known
from interlink.rules.parse_template import parse_template
from interlink.rules.shipped_groups import ShippedVersion, read_shipped, versions_of
from interlink.rules.template import Template

RULESETS = Path(__file__).parents[3] / "dossiers/data/rulesets.json"
KNOWN = Known(
    agencies=frozenset({"ward", "police", "civil_status", "social_insurance", "social_affairs", "home_affairs"}),
    procedures=frozenset({"1.001193", "1.000656"}),
    paper_types=None,
)

SMALL: dict[str, Any] = {
    "sections": [{"key": "requester", "label": "Người yêu cầu"}, {"key": "move", "label": "Chuyển nơi ở"}],
    "fields": [
        {"key": "requester.full_name", "label": "Họ tên", "kind": "text", "section": "requester", "required": True},
        {
            "key": "move.kind",
            "label": "Loại",
            "kind": "choice",
            "section": "move",
            "choices": [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}],
        },
    ],
    "papers": [{"key": "proof", "label": "Giấy tờ"}],
    "confirmations": [{"role": "owner", "label": "chủ nhà", "needed_by": ["second"]}],
    "legs": [
        {
            "key": "first",
            "kind": "dossier",
            "agency": "ward",
            "name": "Bước một",
            "procedure_code": "1.001193",
            "limit": {"value": 1, "unit": "working_days"},
            "fields": {"name": {"from": "requester.full_name"}},
            "required": ["name"],
            "results": [
                {"key": "number", "kind": "fact", "label": "Số"},
                {"key": "paper", "kind": "paper", "label": "Giấy"},
            ],
        },
        {
            "key": "second",
            "kind": "exchange",
            "agency": "police",
            "name": "Bước hai",
            "after": ["first"],
            "when": {"field": "move.kind", "is": ["a"]},
            "waits_for": ["first.number"],
            "limit": {"value": 2, "unit": "working_days"},
            "fields": {"number": {"result": "first.number"}, "fixed": {"value": "x"}},
            "required": ["number"],
            "papers": {"proof": {"paper": "proof"}, "certificate": {"result_paper": "first"}},
            "on_return": "first",
        },
    ],
    "subject": ["requester.full_name"],
    "requester": "requester",
    "group_limits": [{"when": None, "limit": {"value": 3, "unit": "working_days"}}],
    "confirmation_wait": {"value": 5, "unit": "working_days"},
}


def small(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(SMALL), **changes}


def shipped_versions() -> list[ShippedVersion]:
    rules = {row["code"]: row["linked_groups"] for row in json.loads(RULESETS.read_text(encoding="utf-8"))["rulesets"]}
    return list(versions_of(read_shipped(), rules))


def shipped(group: str, ruleset: str = "R2") -> Template:
    """The newest version of a rule-set."""
    found = [one for one in shipped_versions() if one.group == group and one.ruleset_code == ruleset]
    return parse_template(found[-1].definition)
