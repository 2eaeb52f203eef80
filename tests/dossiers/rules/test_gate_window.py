"""The windows of open gates agree with the gate of each single dossier."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dossiers.rules.clock_policy import DEFAULT_POLICY
from dossiers.rules.gate_window import open_gates
from dossiers.rules.waits import gate_opens_at
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.worktime import shipped_calendar

CALENDAR = shipped_calendar()
START = datetime(2024, 1, 25, 7, 0, tzinfo=VIETNAM)  # Tết 2024 lies within
MINUTES = st.integers(0, 40 * 24 * 60)


@settings(max_examples=400)
@given(now=MINUTES, received=MINUTES, due=MINUTES)
def test_a_dossier_is_in_a_window_exactly_while_its_gate_is_open(now: int, received: int, due: int) -> None:
    at, accepted_at, due_at = (START + timedelta(minutes=count) for count in (now, received, due))
    opens_at = gate_opens_at(due_at, accepted_at, CALENDAR, DEFAULT_POLICY)
    is_open = opens_at is not None and opens_at <= at <= due_at
    inside = any(
        window.due_from <= due_at < window.due_before and accepted_at <= window.accepted_until
        for window in open_gates(at, CALENDAR, DEFAULT_POLICY)
    )
    assert inside == is_open
