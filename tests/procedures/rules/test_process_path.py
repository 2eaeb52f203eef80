"""How steps follow each other: branches beside the lead line, joins, returns, planned times."""

from __future__ import annotations

from procedures.constants import StepAction
from procedures.rules.process_path import (
    PathStep,
    allowed_returns,
    branches_joining_at,
    branches_starting_after,
    critical_minutes,
    line_of,
    next_in_line,
    planned_spans,
)


def step(sequence: int, minutes: int = 60, action: str = StepAction.EXAMINE, **columns: object) -> PathStep:
    return PathStep(sequence, f"Việc {sequence}", action, "officer", "handling", minutes, "Phiếu", **columns)  # type: ignore[arg-type]


# Two departments are asked while the lead goes on examining; the draft waits for both.
PERMIT = (
    step(1, 30, StepAction.RECEIVE),
    step(2, 60, StepAction.TRANSFER),
    step(3, 120),
    step(4, 300, branch=1, starts_after=3, joins_before=7),
    step(5, 100, branch=2, starts_after=3, joins_before=7),
    step(6, 240),
    step(7, 60, StepAction.VERIFY),
    step(8, 60, StepAction.RETURN_RESULT),
)


def spans(steps: tuple[PathStep, ...]) -> dict[int, tuple[int, int]]:
    return {span.sequence: (span.starts, span.ends) for span in planned_spans(steps)}


def test_a_line_without_branches_is_laid_end_to_end() -> None:
    line = (step(1, 30), step(2, 60), step(5, 90))
    assert spans(line) == {1: (0, 30), 2: (30, 90), 5: (90, 180)}
    assert critical_minutes(line) == 180


def test_branches_run_beside_the_lead_and_the_join_waits_for_the_slowest() -> None:
    assert spans(PERMIT) == {
        1: (0, 30),
        2: (30, 90),
        3: (90, 210),
        4: (210, 510),
        5: (210, 310),
        6: (210, 450),
        7: (510, 570),
        8: (570, 630),
    }
    assert critical_minutes(PERMIT) == 630


def test_a_branch_of_two_steps_is_a_sequence_of_its_own() -> None:
    steps = (step(1), step(2, 200, branch=1, starts_after=1, joins_before=5), step(3, 100, branch=1), step(5))
    assert spans(steps) == {1: (0, 60), 2: (60, 260), 3: (260, 360), 5: (360, 420)}


def test_next_in_line_stays_on_the_line() -> None:
    following = {one.sequence: next_in_line(PERMIT, one.sequence) for one in PERMIT}
    assert {key: value.sequence if value else None for key, value in following.items()} == {
        1: 2,
        2: 3,
        3: 6,
        4: None,
        5: None,
        6: 7,
        7: 8,
        8: None,
    }


def test_starts_and_joins_name_the_branches() -> None:
    assert [first.sequence for first in branches_starting_after(PERMIT, 3)] == [4, 5]
    assert branches_starting_after(PERMIT, 6) == ()
    assert branches_joining_at(PERMIT, 7) == (1, 2)
    assert branches_joining_at(PERMIT, 8) == ()
    assert [one.sequence for one in line_of(PERMIT, 2)] == [5]


def test_returns_go_to_earlier_steps_of_the_same_line_but_never_to_the_intake() -> None:
    assert allowed_returns(PERMIT, 7) == (3, 6)
    assert allowed_returns(PERMIT, 4) == ()
    named = tuple(one if one.sequence != 7 else step(7, returns_to=(6,)) for one in PERMIT)
    assert allowed_returns(named, 7) == (6,)
    assert allowed_returns(named, 8) == (3, 6, 7)
