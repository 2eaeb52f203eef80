"""How the steps of an ISO process follow each other: the lead line, branches beside it, joins (NĐ 61/2018 art. 19.6).

Pure. The lead line is branch 0 and runs in order; a branch starts when the lead step it names has ended and runs in an
order of its own; a lead step starts when the one before it and every branch that joins there have ended. Times are
working minutes from acceptance. LEGAL: ND61-2018-D19.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from procedures.constants import StepAction

LEAD = 0
# What is done once, at intake: no step is ever sent back to them.
NEVER_AGAIN = frozenset({StepAction.RECEIVE, StepAction.TRANSFER})


@dataclass(frozen=True, slots=True)
class PathStep:
    """A step as the rules read it. `role`, `place` and `record` may be empty and `minutes` 0 in a draft."""

    sequence: int
    name: str
    action: str
    role: str
    place: str
    minutes: int
    record: str = ""
    branch: int = LEAD
    starts_after: int | None = None
    joins_before: int | None = None
    returns_to: tuple[int, ...] = ()
    unit_id: int | None = None
    post_title: str = ""
    content: str = ""
    code: str = ""
    step_id: int | None = None

    @property
    def label(self) -> str:
        """As sentences name it: Bước 3 “Thẩm định hồ sơ”."""
        return f"Bước {self.sequence} “{self.name}”" if self.name else f"Bước {self.sequence}"


@dataclass(frozen=True, slots=True)
class PlannedSpan:
    """When a step runs if everybody takes exactly the time they have."""

    sequence: int
    starts: int
    ends: int


def line_of(steps: Sequence[PathStep], branch: int = LEAD) -> tuple[PathStep, ...]:
    """The steps of one line in order."""
    return tuple(sorted((step for step in steps if step.branch == branch), key=lambda step: step.sequence))


def branches_of(steps: Sequence[PathStep]) -> tuple[tuple[PathStep, ...], ...]:
    """Every branch, each in order; never empty ones."""
    numbers = sorted({step.branch for step in steps} - {LEAD})
    return tuple(line_of(steps, number) for number in numbers)


def next_in_line(steps: Sequence[PathStep], sequence: int) -> PathStep | None:
    """The step after this one in its own line; None at the line's end."""
    here = _step(steps, sequence)
    return next((step for step in line_of(steps, here.branch) if step.sequence > sequence), None)


def branches_starting_after(steps: Sequence[PathStep], sequence: int) -> tuple[PathStep, ...]:
    """The first step of each branch that starts when the lead step `sequence` ends."""
    firsts = (branch[0] for branch in branches_of(steps))
    return tuple(first for first in firsts if first.starts_after == sequence)


def branches_joining_at(steps: Sequence[PathStep], sequence: int) -> tuple[int, ...]:
    """The numbers of the branches that must have ended before the lead step `sequence` may start."""
    return tuple(branch[0].branch for branch in branches_of(steps) if branch[0].joins_before == sequence)


def allowed_returns(steps: Sequence[PathStep], sequence: int) -> tuple[int, ...]:
    """The earlier steps of its own line that this step may be sent back to; never the intake's own steps."""
    here = _step(steps, sequence)
    earlier = [step for step in line_of(steps, here.branch) if step.sequence < sequence]
    return tuple(
        step.sequence
        for step in earlier
        if step.action not in NEVER_AGAIN and (not here.returns_to or step.sequence in here.returns_to)
    )


def planned_spans(steps: Sequence[PathStep]) -> tuple[PlannedSpan, ...]:
    """When each step runs, by sequence. Only for a process whose branches all start and join at lead steps."""
    spans: dict[int, PlannedSpan] = {}
    ended, branch_ends = 0, dict[int, int]()
    for step in line_of(steps):
        starts = max([ended, *(branch_ends[number] for number in branches_joining_at(steps, step.sequence))])
        ended = starts + step.minutes
        spans[step.sequence] = PlannedSpan(step.sequence, starts, ended)
        for first in branches_starting_after(steps, step.sequence):
            branch_ends[first.branch] = _lay(line_of(steps, first.branch), ended, spans)
    return tuple(spans[sequence] for sequence in sorted(spans))


def _lay(line: Sequence[PathStep], at: int, spans: dict[int, PlannedSpan]) -> int:
    """Put a line's steps one after the other from `at` on; returns when the last one ends."""
    for step in line:
        spans[step.sequence] = PlannedSpan(step.sequence, at, at + step.minutes)
        at += step.minutes
    return at


def critical_minutes(steps: Sequence[PathStep]) -> int:
    """How long the whole process takes with its branches side by side."""
    return max((span.ends for span in planned_spans(steps)), default=0)


def _step(steps: Sequence[PathStep], sequence: int) -> PathStep:
    return next(step for step in steps if step.sequence == sequence)
