"""Whether the citizen is told of a result before the promised day (NĐ 61/2018 art. 20.4)."""

from __future__ import annotations

from datetime import datetime

from dossiers.rules.act_policy import ActPolicy
from haddong_portal.common.clock import local


def is_told(policy: ActPolicy, *, finished_at: datetime, due_at: datetime | None) -> bool:
    """A result of the promised day or later always; an earlier one where the rule-set asks for it, else people come
    on the day they were given."""
    is_early = due_at is not None and local(finished_at).date() < local(due_at).date()
    return policy.early_result_is_told or not is_early
