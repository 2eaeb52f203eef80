"""Which ISO process a dossier follows, and how long each step may take (domain.md §13.4).

A process written for the procedure is used as it stands; a default one keeps its shares and takes the length of
the procedure's own limit. Minutes are working minutes. A dossier stands on the lead line; branches run beside it and a
lead step waits for those that join there (NĐ 61/2018 art. 19.6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from haddong_portal.accounts.constants import UnitKind
from haddong_portal.common.errors import DomainError
from procedures.constants import ProcessKind, ResponsibleUnit, StepAction
from procedures.rules.process_path import (
    LEAD,
    PathStep,
    branches_joining_at,
    branches_of,
    branches_starting_after,
    critical_minutes,
    next_in_line,
)


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step of a process, as the dossier will run it."""

    step_id: int
    sequence: int
    action: str
    name: str
    role: str
    place: str
    planned_minutes: int
    branch: int = LEAD
    starts_after: int | None = None
    joins_before: int | None = None
    returns_to: tuple[int, ...] = ()
    unit_id: int | None = None

    def as_path(self) -> PathStep:
        """As the rules of processes read it."""
        return PathStep(
            sequence=self.sequence,
            name=self.name,
            action=self.action,
            role=self.role,
            place=self.place,
            minutes=self.planned_minutes,
            branch=self.branch,
            starts_after=self.starts_after,
            joins_before=self.joins_before,
            returns_to=self.returns_to,
            unit_id=self.unit_id,
            step_id=self.step_id,
        )


@dataclass(frozen=True, slots=True)
class ProcessPlan:
    """A process with its steps in order. `specific` = written for this procedure."""

    process_id: int
    code: str
    kind: str
    specific: bool
    steps: tuple[PlannedStep, ...]

    @property
    def path(self) -> tuple[PathStep, ...]:
        return tuple(step.as_path() for step in self.steps)

    @property
    def lead(self) -> tuple[PlannedStep, ...]:
        """The line that the dossier itself walks."""
        return tuple(step for step in self.steps if step.branch == LEAD)

    @property
    def has_branches(self) -> bool:
        return any(step.branch != LEAD for step in self.steps)

    @property
    def total_minutes(self) -> int:
        """The whole process with its branches side by side."""
        if not self.has_branches:
            return sum(step.planned_minutes for step in self.steps)
        return critical_minutes(self.path)

    def step(self, sequence: int) -> PlannedStep:
        return next(step for step in self.steps if step.sequence == sequence)

    def following(self, sequence: int) -> PlannedStep | None:
        """The step after `sequence` in its own line, None at the line's end."""
        found = next_in_line(self.path, sequence)
        return self.step(found.sequence) if found else None

    def branches_after(self, sequence: int) -> tuple[PlannedStep, ...]:
        """The first steps of the branches that start when the lead step `sequence` ends."""
        return tuple(self.step(first.sequence) for first in branches_starting_after(self.path, sequence))

    def joins_at(self, sequence: int) -> tuple[int, ...]:
        """The branches that the lead step `sequence` waits for."""
        return branches_joining_at(self.path, sequence)

    def branches_from(self, sequence: int) -> tuple[int, ...]:
        """The branches that start at or after the end of lead step `sequence`: they start anew when it runs again."""
        firsts = (branch[0] for branch in branches_of(self.path))
        return tuple(first.branch for first in firsts if (first.starts_after or 0) >= sequence)


@dataclass(frozen=True, slots=True)
class Places:
    """The real units behind the places that a process names."""

    desk_id: int
    handling_id: int
    signing_id: int

    def of(self, step: PlannedStep) -> int:
        """The unit of a step: the one it names, else that of its place."""
        return step.unit_id or self.resolve(step.place)

    def resolve(self, place: str) -> int:
        """The unit of a place."""
        if place == ResponsibleUnit.SIGNING:
            return self.signing_id
        return self.handling_id if place == ResponsibleUnit.HANDLING else self.desk_id


def choose_process(plans: Sequence[ProcessPlan], *, same_day: bool, handling_kind: str) -> ProcessPlan:
    """The procedure's own process, else the default for its kind of work; DomainError dossier.no_process.

    A process that does not end at the desk with the return of the result is passed over.
    """
    usable = [plan for plan in plans if plan.lead and plan.lead[-1].action == StepAction.RETURN_RESULT]
    wanted = _default_kind(same_day, handling_kind)
    for fits in (lambda plan: plan.specific, lambda plan: plan.kind == wanted, lambda plan: True):
        for plan in usable:
            if fits(plan):
                return plan
    raise DomainError(
        "dossier.no_process",
        "Chưa có quy trình ISO cho thủ tục này và cũng chưa có quy trình mặc định của cấp giải quyết.",
        "procedure_id",
    )


def _default_kind(same_day: bool, handling_kind: str) -> ProcessKind:
    if handling_kind == UnitKind.BRANCH:
        return ProcessKind.LAND_BRANCH
    return ProcessKind.SAME_DAY if same_day else ProcessKind.MULTI_DAY


def fit_minutes(planned_minutes: int, plan_total: int, limit_minutes: int | None, *, specific: bool) -> int:
    """A step's minutes when its process is stretched or shrunk to the limit; at least one minute."""
    if specific or not limit_minutes or not plan_total:
        return planned_minutes
    return max(1, round(planned_minutes * limit_minutes / plan_total))


def steps_done_at_intake(steps: Sequence[PlannedStep]) -> int:
    """How many leading steps the clerk finishes with the intake: receiving, and handing over in the system."""
    count = 0
    for step in steps:
        if step.action not in (StepAction.RECEIVE, StepAction.TRANSFER):
            break
        count += 1
    return count


def step_end(*, starts_at: datetime, planned_end_at: datetime, due_at: datetime | None) -> datetime:
    """When a step is due: as planned, but not after the dossier's own promise while that is still ahead."""
    return min(planned_end_at, due_at) if due_at and due_at > starts_at else planned_end_at
