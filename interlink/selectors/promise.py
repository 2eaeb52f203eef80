"""What a declaration would be promised if it were received now: the group's date and one per leg, with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dossiers.selectors.rulesets import rules_on
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common import clock
from interlink.rules.clocks import Clockwork, group_due, promised
from interlink.rules.conditions import holds
from interlink.rules.template import VERIFIED, Template


@dataclass(frozen=True, slots=True)
class PromisedLine:
    """One leg that would be done, and its date; None where the law names no limit."""

    name: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Promised:
    """The whole promise."""

    group_due_at: datetime | None
    explanation: list[str]
    legs: list[PromisedLine]


def promise_of(template: Template, facts: Mapping[str, str], *, unit_id: int, now: datetime) -> Promised:
    """Of the legs that apply to these facts."""
    moment = clock.local(now)
    policy = rules_on(moment.date()).policy
    work = Clockwork(work_calendar_for(unit_id), policy, verified=facts.get(VERIFIED) == "yes")
    group = group_due(template, facts, moment, work)
    dates = promised(template, facts, moment, work)
    legs = [leg for leg in template.legs if holds(leg.when, facts)]
    lines = [PromisedLine(leg.name, dates[leg.key].due_at if leg.key in dates else None) for leg in legs]
    return Promised(group.due_at, list(group.lines), lines)
