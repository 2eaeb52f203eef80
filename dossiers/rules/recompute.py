"""What a date computed anew means for a promise in print: it may become earlier at once, later only on a new paper
(domain.md §4.1 rule 10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dossiers.rules.interval_policy import IntervalPolicy


@dataclass(frozen=True, slots=True)
class SettledDate:
    """`due_at` is the date that holds, `later` the computed one that waits for a new receipt (None when none does)."""

    due_at: datetime
    later: datetime | None

    @property
    def computed(self) -> datetime:
        """What the clock says."""
        return self.later or self.due_at


def settle_date(computed: datetime, printed: datetime | None) -> SettledDate:
    """Never later than what is printed; without a printed promise the clock alone speaks."""
    if printed is not None and computed > printed:
        return SettledDate(printed, computed)
    return SettledDate(computed, None)


def outage_counts(policy: IntervalPolicy) -> bool:
    """Whether a rule-set lets an outage change anything: the legal clock, or the statistics."""
    return policy.outage.changes_anything
