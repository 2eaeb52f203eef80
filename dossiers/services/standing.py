"""Where a dossier stands: its open step run, kept on the dossier's own columns; finish one run, open the next.

Helpers of the acts, called inside their transaction with the dossier locked. They change objects and write runs;
the act itself saves the dossier.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from dossiers.constants import StepState
from dossiers.models import Dossier, StepRun
from dossiers.rules.acceptance import step_start
from dossiers.rules.routing import Places, PlannedStep, ProcessPlan, fit_minutes, step_end
from dossiers.selectors.rulesets import policy_of
from dossiers.services.lateness import LATE_COLUMNS
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common.insert import insert_row
from haddong_portal.common.update import update_row
from procedures.constants import StepAction

STANDING_COLUMNS = (
    "owner_unit",
    "officer",
    "current_run_no",
    "current_step_name",
    "current_action",
    "current_role",
    "step_due_at",
    "reader_unit_ids",
)
FINISHED_COLUMNS = (
    "state",
    "finished_at",
    "note",
    "officer",
    "taken_at",
    "actual_minutes",
    "proposal",
    *LATE_COLUMNS,
)


def stand_at(dossier: Dossier, run: StepRun) -> None:
    """Copy the open step to the dossier, where lists and rights read it; the unit it leaves may go on reading."""
    if dossier.owner_unit_id is not None and dossier.owner_unit_id != run.unit_id:
        let_read(dossier, dossier.owner_unit_id)
    dossier.owner_unit_id, dossier.officer_id = run.unit_id, run.officer_id
    dossier.current_run_no, dossier.current_step_name = run.run_no, run.name
    dossier.current_action, dossier.current_role = run.action, run.role
    dossier.step_due_at = run.step_due_at


def let_read(dossier: Dossier, *unit_ids: int) -> None:
    """Give units the right to read (domain.md §11.6); those that have it by their part in the dossier are left out."""
    by_part = {dossier.receiving_unit_id, dossier.handling_unit_id, dossier.signing_unit_id}
    known = by_part | set(dossier.reader_unit_ids)
    new = [unit_id for unit_id in dict.fromkeys(unit_ids) if unit_id not in known]
    dossier.reader_unit_ids = [*dossier.reader_unit_ids, *new]


def stand_nowhere(dossier: Dossier) -> None:
    """No step is open any more; the unit that held the last one stays the owner."""
    dossier.officer_id = dossier.current_run_no = dossier.step_due_at = None
    dossier.current_step_name = dossier.current_action = dossier.current_role = ""


def finish_run(
    run: StepRun,
    *,
    officer_id: int | None,
    state: StepState,
    note: str,
    now: datetime,
    worked_until: datetime | None = None,
) -> None:
    """Close a run with its actual working minutes, in the office hours of its unit, to `worked_until` (else now)."""
    calendar = work_calendar_for(run.unit_id)
    run.state, run.finished_at, run.note = state, now, note[:1000]
    run.officer_id, run.taken_at = officer_id, run.taken_at or now
    run.actual_minutes = max(0, calendar.working_minutes_between(run.starts_at, worked_until or now))
    update_row(run, FINISHED_COLUMNS)


def open_run(
    dossier: Dossier,
    step: PlannedStep,
    plan: ProcessPlan,
    *,
    after: StepRun,
    unit_id: int | None = None,
    officer_id: int | None = None,
    now: datetime,
) -> StepRun:
    """A new waiting run of `step` after run `after`, in its place's unit unless `unit_id` says another."""
    unit = unit_id or places_of(dossier).of(step)
    calendar = work_calendar_for(unit)
    if after.action == StepAction.TRANSFER:
        starts_at = step_start(now, calendar, policy_of(dossier.ruleset))
    else:
        starts_at = calendar.next_working_moment(now)
    minutes = _minutes(dossier, step, plan)
    planned_end_at = calendar.add_working_minutes(starts_at, minutes)
    run = StepRun(
        dossier=dossier,
        step_id=step.step_id,
        run_no=_next_run_no(dossier, after, plan),
        branch=step.branch,
        action=step.action,
        role=step.role,
        name=step.name,
        unit_id=unit,
        officer_id=officer_id,
        handed_at=now,
        starts_at=starts_at,
        step_due_at=step_end(starts_at=starts_at, planned_end_at=planned_end_at, due_at=dossier.due_at),
        planned_minutes=minutes,
    )
    insert_row(run)
    return run


def _next_run_no(dossier: Dossier, after: StepRun, plan: ProcessPlan) -> int:
    """Runs are numbered through all branches; on a single line the open run is the last one."""
    if not plan.has_branches:
        return after.run_no + 1
    last = StepRun.objects.filter(dossier=dossier).aggregate(last=Max("run_no"))["last"]
    return int(last or 0) + 1


def places_of(dossier: Dossier) -> Places:
    """The real units behind the process's places for this dossier."""
    return Places(dossier.receiving_unit_id, dossier.handling_unit_id, dossier.signing_unit_id)


def _minutes(dossier: Dossier, step: PlannedStep, plan: ProcessPlan) -> int:
    """The step's minutes, fitted to the dossier's promise where the process is a default one."""
    if plan.specific or dossier.due_at is None or dossier.accepted_at is None:
        return step.planned_minutes
    calendar = work_calendar_for(dossier.receiving_unit_id)
    whole = calendar.working_minutes_between(dossier.accepted_at, dossier.due_at)
    return fit_minutes(step.planned_minutes, plan.total_minutes, whole, specific=False)
