"""A stored case as the pure engine sees it, and what was declared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dossiers.rules.clock_policy import ClockPolicy
from dossiers.selectors.rulesets import policy_by_id
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from interlink.models import Confirmation, Leg, LinkedCase
from interlink.rules.clocks import Clockwork
from interlink.rules.engine import AskedView, CaseView, LegView
from interlink.rules.replies import Standing
from interlink.rules.template import VERIFIED, Template


@dataclass(frozen=True)
class Declared:
    """What the citizen said once: `fields` by key, `papers` by key of the template's paper."""

    fields: Mapping[str, str] = field(default_factory=dict)
    papers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def to_json(self) -> str:
        return json.dumps({"fields": dict(self.fields), "papers": dict(self.papers)}, ensure_ascii=False)


def declared_in(case: LinkedCase) -> Declared:
    stored = json.loads(case.declaration or "{}")
    return Declared(stored.get("fields", {}), stored.get("papers", {}))


def result_of(leg: Leg) -> dict[str, Any]:
    """What came back of this generation: `facts`, `papers` (ids in the store), and how far its replies were folded."""
    found: dict[str, Any] = json.loads(leg.result) if leg.result else {}
    return found if found.get("generation", leg.generation) == leg.generation else {}


def facts_of(leg: Leg) -> dict[str, str]:
    return {key: value for key, (_, value) in result_of(leg).get("facts", {}).items()}


def standing_of(leg: Leg) -> Standing:
    """How far the replies of this generation were folded."""
    stored = result_of(leg)
    final, number = stored.get("rank", [False, 0])
    facts = {key: (int(told), value) for key, (told, value) in stored.get("facts", {}).items()}
    return Standing(leg.generation, (bool(final), int(number)), stored.get("kind", ""), facts)


def facts_of_case(case: LinkedCase, declared: Declared) -> dict[str, str]:
    """What conditions may ask about."""
    return {**declared.fields, VERIFIED: "yes" if case.is_verified else ""}


def view_of(
    case: LinkedCase, template: Template, legs: Iterable[Leg], confirmations: Iterable[Confirmation]
) -> CaseView:
    return CaseView(
        template,
        facts_of_case(case, declared_in(case)),
        [LegView(leg.key, leg.state, facts_of(leg), leg.hold_code, frozenset(leg.released)) for leg in legs],
        [AskedView(one.role, one.role_name, one.state, frozenset(one.needed_by)) for one in confirmations],
    )


def clockwork_of(case: LinkedCase) -> Clockwork:
    policy: ClockPolicy = policy_by_id(case.ruleset_id)
    return Clockwork(work_calendar_for(case.receiving_unit_id), policy, case.is_verified)
