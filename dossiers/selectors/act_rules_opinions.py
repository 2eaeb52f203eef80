"""Answering an opinion that this person's unit was asked for, and waiting no longer for others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dossiers.constants import Status
from dossiers.models import Dossier
from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import MOVES, Command
from dossiers.selectors.act_rules import AllowedAct, holds_step
from dossiers.selectors.coordination import OpinionLine
from haddong_portal.common.actors import Actor


def opinion_asked_of(actor: Actor, dossier: Dossier, opinions: Sequence[OpinionLine]) -> OpinionLine | None:
    """What the actor's unit was asked about the dossier and may answer now."""
    command = Command.ANSWER_OPINION
    if dossier.status not in MOVES[command].from_states or not actor.has_right(RIGHT_OF[command]):
        return None
    return next((line for line in opinions if line.is_open and line.unit_id in actor.unit_ids), None)


def opinion_acts(actor: Actor, dossier: Dossier, opinions: Sequence[OpinionLine], now: datetime) -> list[AllowedAct]:
    """Answering, where there is something to answer; waiting no longer, where every deadline has passed."""
    acts = []
    if opinion_asked_of(actor, dossier, opinions):
        acts.append(_act(Command.ANSWER_OPINION, "dossiers:answer-opinion"))
    waited_for = [line for line in opinions if line.is_open]
    silent = dossier.status == Status.CONSULTING and all(line.due_at < now for line in waited_for)
    close = Command.CLOSE_CONSULTATION
    if silent and holds_step(actor, dossier) and actor.has_right(RIGHT_OF[close]):
        acts.append(_act(close, "dossiers:close-consultation"))
    return acts


def _act(command: Command, url_name: str) -> AllowedAct:
    return AllowedAct(str(command), MOVES[command].label, url_name)
