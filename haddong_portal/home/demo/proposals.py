"""What the officers of the demo propose to the signer, and what the leader makes of a proposed refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from random import Random

from dossiers.constants import Proposal, StepState
from dossiers.models import Dossier, StepRun
from dossiers.services.decide_refusal import decide_refusal
from dossiers.services.finish_step import finish_step
from dossiers.services.lateness import NOT_SAID, Lateness
from haddong_portal.common.actors import Actor
from haddong_portal.home.demo.people import words
from procedures.constants import StepAction

REFUSED_SHARE = 0.05


def examined(dossier: Dossier, dice: Random) -> Callable[..., object]:
    """The step finished; an examination with its proposal, now and then a refusal."""
    note = dice.choice(words()["step_notes"])
    if dossier.current_action != StepAction.EXAMINE:
        return partial(finish_step, note=note)
    if dice.random() < REFUSED_SHARE:
        return partial(finish_step, note=dice.choice(words()["refusal_reasons"]), proposal=Proposal.REFUSE)
    return partial(finish_step, note=note, proposal=Proposal.APPROVE)


def refusal_of(dossier: Dossier) -> Callable[..., object] | None:
    """The written refusal, where the last examination proposed one."""
    runs = StepRun.objects.filter(dossier=dossier, action=StepAction.EXAMINE, state=StepState.DONE)
    last = runs.order_by("-run_no").first()
    return partial(_refuse, last.note) if last and last.proposal == Proposal.REFUSE else None


def _refuse(reason: str, *, actor: Actor, dossier_id: int, now: datetime, late: Lateness = NOT_SAID) -> object:
    """The refusal asks for no reason of a late step: it is the result."""
    return decide_refusal(actor=actor, dossier_id=dossier_id, reason=reason, now=now)
