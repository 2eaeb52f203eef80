"""Branches beside the lead line: opened when their lead step ends, waited for where they join (NĐ 61/2018 art. 19.6).

Helpers of the acts, called inside their transaction with the dossier locked; the act itself saves the dossier.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from dossiers.constants import StepState
from dossiers.models import Dossier, StepRun
from dossiers.rules.routing import PlannedStep, ProcessPlan
from dossiers.services.standing import finish_run, let_read, open_run
from dossiers.services.telling_units import tell_unit
from haddong_portal.common.dates import due_text, moment_text
from haddong_portal.common.errors import Conflict
from haddong_portal.notices.constants import NoticeEvent

OPEN_STATES = (StepState.WAITING, StepState.WORKING)


def open_branches(dossier: Dossier, plan: ProcessPlan, *, after: StepRun, now: datetime) -> list[StepRun]:
    """The first run of each branch that starts when the lead run `after` ends; its unit may read the dossier."""
    runs = [open_run(dossier, first, plan, after=after, now=now) for first in plan.branches_after(after.step.sequence)]
    let_read(dossier, *(run.unit_id for run in runs))
    return runs


def check_joins(dossier: Dossier, plan: ProcessPlan, step: PlannedStep) -> None:
    """Conflict dossier.branch_open while a branch that joins before `step` is not done: whose, until when."""
    joining = plan.joins_at(step.sequence)
    if not joining:
        return
    rows = StepRun.objects.filter(dossier=dossier, branch__in=joining, state__in=OPEN_STATES)
    run = rows.select_related("unit").order_by("step_due_at").first()
    if run is not None:
        raise Conflict(
            "dossier.branch_open",
            f"Bước “{step.name}” còn chờ {run.unit.short_name or run.unit.name} làm xong bước song song “{run.name}”, "
            f"hạn {moment_text(run.step_due_at)}.",
            data={"unit_id": run.unit_id, "step": run.name, "step_due_at": run.step_due_at.isoformat()},
        )


def cancel_branches(dossier: Dossier, branches: Iterable[int], *, note: str, now: datetime) -> None:
    """End the open runs of these branches as sent back: what they worked on is being done again."""
    if not (wanted := list(branches)):
        return
    for run in StepRun.objects.filter(dossier=dossier, branch__in=wanted, state__in=OPEN_STATES):
        finish_run(run, officer_id=run.officer_id, state=StepState.SENT_BACK, note=note, now=now)


def cancel_all_branches(dossier: Dossier, *, note: str, now: datetime) -> None:
    """End every branch still open: the dossier itself ends (stopped, withdrawn, refused)."""
    rows = StepRun.objects.filter(dossier=dossier, branch__gt=0, state__in=OPEN_STATES)
    for run in rows:
        finish_run(run, officer_id=run.officer_id, state=StepState.SENT_BACK, note=note, now=now)


def tell_branch_units(dossier: Dossier, runs: Sequence[StepRun], *, asked_by: str, now: datetime) -> None:
    """A message to the leader of each unit that has work beside the lead line now."""
    for run in runs:
        tell_unit(
            dossier=dossier,
            unit_id=run.unit_id,
            rule=f"branch:{run.run_no}",
            event=NoticeEvent.OPINION_REQUESTED,
            unit_name=asked_by,
            due=due_text(run.step_due_at),
            reason=run.name,
            now=now,
        )
