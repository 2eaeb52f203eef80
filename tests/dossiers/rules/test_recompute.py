"""A date computed anew and the promise in print: earlier at once, later only on paper."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dossiers.rules.interval_policy import ClockRule, IntervalPolicy, IntervalRule, StatisticsRule
from dossiers.rules.recompute import outage_counts, settle_date
from dossiers.rules.shipped_rulesets import shipped_policy
from haddong_portal.common.clock import VIETNAM

PRINTED = datetime(2024, 3, 8, 17, tzinfo=VIETNAM)


@given(st.integers(-10_000, 10_000))
def test_a_printed_promise_never_becomes_later(minutes: int) -> None:
    computed = PRINTED + timedelta(minutes=minutes)
    settled = settle_date(computed, PRINTED)
    assert settled.due_at <= PRINTED and settled.computed == computed
    assert (settled.later is None) == (minutes <= 0)
    assert settle_date(computed, None).due_at == computed
    assert settle_date(settled.computed, PRINTED) == settled, "settling twice changes nothing"


def test_whether_an_outage_counts_is_the_rule_sets() -> None:
    assert [outage_counts(shipped_policy(code).intervals) for code in ("R1", "R2", "R3", "R4")] == [
        False,
        False,
        False,
        True,
    ]
    only_statistics = IntervalRule(ClockRule.RUN, StatisticsRule.SUBTRACT, "DESIGN")
    assert outage_counts(IntervalPolicy(outage=only_statistics))
