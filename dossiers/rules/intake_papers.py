"""What a rule-set asks of the papers at intake: scan them, look first whether the store has them, give a receipt."""

from __future__ import annotations

from dossiers.rules.clock_policy import ClockPolicy
from haddong_portal.common.limits import LimitUnit, TimeLimit


def digitises_at_intake(policy: ClockPolicy) -> bool:
    """Whether the desk scans the papers of a dossier when it receives it (NĐ 107/2021; domain.md §7)."""
    return policy.acts.scans_at_intake


def looks_in_store_first(policy: ClockPolicy) -> bool:
    """Whether the person's store of papers is looked through before anything is scanned or asked for."""
    return policy.acts.store_before_scan


def may_go_without_receipt(policy: ClockPolicy, limit: TimeLimit) -> bool:
    """Whether the applicant may do without form 01: the result comes the same day (NĐ 61/2018 art. 17.4)."""
    return policy.acts.receipt_optional_if_instant and limit.unit == LimitUnit.SAME_DAY
