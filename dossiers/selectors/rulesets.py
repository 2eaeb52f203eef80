"""The rule-set that a dossier is accepted under: the one the deployment names, else the one in force by date, in the
version that applies on the day of acceptance."""

from __future__ import annotations

import time as monotonic_time
from dataclasses import dataclass
from datetime import date
from threading import Lock

from django.conf import settings
from django.db.models import Q

from dossiers.models import RuleSet
from dossiers.rules.clock_policy import ClockPolicy
from haddong_portal.common.errors import DomainError

TRUST_S = 30.0
"""How long a process trusts what it has read; tests ask every time, since they roll back."""


@dataclass(frozen=True)
class RulesInForce:
    """A stored rule-set with its clock policy built."""

    ruleset_id: int
    code: str
    policy: ClockPolicy


_known: dict[str, tuple[float, RulesInForce]] = {}
_lock = Lock()


def rules_on(on: date) -> RulesInForce:
    """The rule-set for a dossier accepted on `on`; DomainError dossier.no_ruleset when none is loaded."""
    key = f"{settings.PORTAL_RULESET} {on.isoformat()}"
    with _lock:
        found = _known.get(key)
        if found and settings.PORTAL_MODE != "test" and monotonic_time.monotonic() - found[0] < TRUST_S:
            return found[1]
        rules = _read(on)
        _known.clear()
        _known[key] = (monotonic_time.monotonic(), rules)
        return rules


_policies: dict[int, tuple[float, ClockPolicy]] = {}


def policy_by_id(ruleset_id: int) -> ClockPolicy:
    """The clock's part of a stored rule-set, remembered like `rules_on`."""
    found = _policies.get(ruleset_id)
    if found and settings.PORTAL_MODE != "test" and monotonic_time.monotonic() - found[0] < TRUST_S:
        return found[1]
    policy = policy_of(RuleSet.objects.only("pk", "code", "policy").get(pk=ruleset_id))
    _policies[ruleset_id] = (monotonic_time.monotonic(), policy)
    return policy


def forget_rules() -> None:
    """Read rule-sets anew: after one was changed in this process."""
    _known.clear()
    _policies.clear()


def policy_of(ruleset: RuleSet) -> ClockPolicy:
    """The clock's part of a stored rule-set; `linked_groups` beside the values is no value."""
    values = {key: value for key, value in ruleset.policy.items() if isinstance(value, dict)}
    return ClockPolicy.from_rule_set(ruleset.code, values)


def _read(on: date) -> RulesInForce:
    rows = RuleSet.objects.only("pk", "code", "policy")
    rows = rows.filter(Q(applies_from__isnull=True) | Q(applies_from__lte=on))
    if settings.PORTAL_RULESET:
        row = rows.filter(series=settings.PORTAL_RULESET).order_by("-version").first()
    else:
        in_force = Q(effective_from__lte=on) & (Q(effective_to__isnull=True) | Q(effective_to__gte=on))
        row = rows.filter(in_force).order_by("-effective_from", "-version").first()
    if row is None:
        raise DomainError("dossier.no_ruleset", "Chưa nạp bộ quy tắc đang có hiệu lực; xin báo quản trị hệ thống.")
    return RulesInForce(row.pk, row.code, policy_of(row))
