"""Steps beside the lead line in the demo: their unit takes and finishes them before the lead line goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random

from dossiers.constants import LateReason, StepState
from dossiers.models import StepRun
from dossiers.services.finish_branch_step import finish_branch_step, take_branch_step
from dossiers.services.lateness import NOT_SAID, Lateness
from haddong_portal.common.worktime import MINUTES_PER_DAY, WorkCalendar
from haddong_portal.home.demo.cast import Cast
from haddong_portal.home.demo.next_act import NextAct

WAIT_MINUTES_MAX, WORK_MINUTES_MAX = MINUTES_PER_DAY, 4 * MINUTES_PER_DAY


def branch_act(
    *, dossier_id: int, number: int, cast: Cast, calendar: WorkCalendar, dice: Random, since: datetime
) -> NextAct | None:
    """The next act on the most urgent open branch; None when there is none or nobody holds its role."""
    rows = StepRun.objects.filter(dossier=dossier_id, branch__gt=0)
    for run in rows.filter(state__in=(StepState.WAITING, StepState.WORKING)).order_by("step_due_at", "run_no"):
        taken = run.officer_id is not None
        actor = cast.person(run.unit_id, run.role, run.officer_id or 0) if taken else None
        actor = actor or (None if taken else cast.one(run.unit_id, run.role, number))
        if actor is None:
            continue
        share = dice.uniform(0.2, 0.7) if taken else dice.uniform(0.05, 0.3)
        most = WORK_MINUTES_MAX if taken else WAIT_MINUTES_MAX
        minutes = max(5, min(int(share * run.planned_minutes), most))
        at = calendar.add_working_minutes(since, minutes) + timedelta(seconds=number * 7 % 50)
        act: Callable[..., object] = take_branch_step
        if taken:
            late = Lateness(LateReason.WORKLOAD) if at > run.step_due_at else NOT_SAID
            act = partial(finish_branch_step, late=late)
        return NextAct(at, partial(act, actor=actor, dossier_id=dossier_id, step_run_id=run.pk, now=at))
    return None
