"""Which ISO process a dossier follows, and how long each step may take (domain.md §13.4).

A process written for the procedure is used as it stands; a default one keeps its shares and takes the length of
the procedure's own limit. Minutes are working minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from haddong_portal.accounts.constants import UnitKind
from haddong_portal.common.errors import DomainError
from procedures.constants import ProcessKind, ResponsibleUnit, StepAction


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


@dataclass(frozen=True, slots=True)
class ProcessPlan:
    """A process with its steps in order. `specific` = written for this procedure."""

    process_id: int
    code: str
    kind: str
    specific: bool
    steps: tuple[PlannedStep, ...]

    @property
    def total_minutes(self) -> int:
        return sum(step.planned_minutes for step in self.steps)


@dataclass(frozen=True, slots=True)
class Places:
    """The real units behind the places that a process names."""

    desk_id: int
    handling_id: int
    signing_id: int

    def resolve(self, place: str) -> int:
        """The unit of a step's place."""
        if place == ResponsibleUnit.SIGNING:
            return self.signing_id
        return self.handling_id if place == ResponsibleUnit.HANDLING else self.desk_id


def choose_process(plans: Sequence[ProcessPlan], *, same_day: bool, handling_kind: str) -> ProcessPlan:
    """The procedure's own process, else the default for its kind of work; DomainError dossier.no_process.

    A process that does not end at the desk with the return of the result is passed over.
    """
    usable = [plan for plan in plans if plan.steps and plan.steps[-1].action == StepAction.RETURN_RESULT]
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


def next_step(steps: Sequence[PlannedStep], sequence: int) -> PlannedStep | None:
    """The step after `sequence`, None at the end."""
    return next((step for step in steps if step.sequence > sequence), None)
