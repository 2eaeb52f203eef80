"""Steps beside the lead line that this person may take or finish: their unit, their role, their hands."""

from __future__ import annotations

from collections.abc import Sequence

from dossiers.constants import StepState
from dossiers.models import Dossier
from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import MOVES, Command, stands_in
from dossiers.selectors.act_rules import AllowedAct
from dossiers.selectors.story_lines import StepLine
from haddong_portal.common.actors import Actor

TAKE_BRANCH_STEP = "take_branch_step"
_OPEN = (StepState.WAITING, StepState.WORKING)


def free_branches(actor: Actor, dossier: Dossier, steps: Sequence[StepLine]) -> list[StepLine]:
    """Open steps beside the lead line that wait in the actor's unit for the actor's role."""
    return [
        step
        for step in _open_here(actor, dossier, steps)
        if step.officer_id is None and stands_in(actor.role, step.role)
    ]


def held_branches(actor: Actor, dossier: Dossier, steps: Sequence[StepLine]) -> list[StepLine]:
    """Open steps beside the lead line in the actor's own hands."""
    return [step for step in _open_here(actor, dossier, steps) if step.officer_id == actor.user_id]


def branch_acts(actor: Actor, dossier: Dossier, steps: Sequence[StepLine]) -> list[AllowedAct]:
    """Taking and finishing such steps, where there is one."""
    finish = Command.FINISH_BRANCH_STEP
    acts = []
    if free_branches(actor, dossier, steps):
        acts.append(AllowedAct(TAKE_BRANCH_STEP, "Nhận bước song song", "dossiers:take-branch-step"))
    if held_branches(actor, dossier, steps):
        acts.append(AllowedAct(str(finish), MOVES[finish].label, "dossiers:finish-branch-step"))
    return acts


def _open_here(actor: Actor, dossier: Dossier, steps: Sequence[StepLine]) -> list[StepLine]:
    command = Command.FINISH_BRANCH_STEP
    if dossier.status not in MOVES[command].from_states or not actor.has_right(RIGHT_OF[command]):
        return []
    return [step for step in steps if step.branch and step.state in _OPEN and step.unit_id in actor.unit_ids]
