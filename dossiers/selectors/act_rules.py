"""When an act is this person's to do on a dossier, beyond state and right: whose unit, whose step, which role.

Each area of acts exports its RULES; `allowed_acts` gathers them in the order of the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dossiers.constants import Status
from dossiers.models import Dossier
from dossiers.rules.lifecycle import Command, finishing_command, stands_in
from haddong_portal.common.actors import Actor

Fits = Callable[[Actor, Dossier], bool]


@dataclass(frozen=True, slots=True)
class ActRule:
    """One act: its address, and whether it fits this actor and dossier (state and right are checked apart).

    `when` says whether it is time for it, for acts that depend on the clock.
    """

    command: Command
    url_name: str
    fits: Fits
    when: Callable[[Dossier, datetime], bool] | None = None


@dataclass(frozen=True)
class AllowedAct:
    """An act that this actor may do on this dossier now."""

    command: str
    label: str
    url_name: str


def at_desk(actor: Actor, dossier: Dossier) -> bool:
    """The actor's unit received the dossier."""
    return dossier.receiving_unit_id in actor.unit_ids


def concerns(actor: Actor, dossier: Dossier) -> bool:
    """The actor's unit received, holds, handles or signs the dossier; an opinion asked of it is not enough."""
    units = {dossier.receiving_unit_id, dossier.owner_unit_id, dossier.handling_unit_id, dossier.signing_unit_id}
    return bool(units & actor.unit_ids)


def at_owner(actor: Actor, dossier: Dossier) -> bool:
    """The actor's unit holds the open step."""
    return dossier.current_run_no is not None and dossier.owner_unit_id in actor.unit_ids


def holds_step(actor: Actor, dossier: Dossier) -> bool:
    """The open step is in the actor's own hands."""
    return at_owner(actor, dossier) and dossier.officer_id == actor.user_id


def _may_take(actor: Actor, dossier: Dossier) -> bool:
    return at_owner(actor, dossier) and dossier.officer_id is None and stands_in(actor.role, dossier.current_role)


def _finishes(command: Command) -> Fits:
    return lambda actor, dossier: holds_step(actor, dossier) and command == finishing_command(dossier.current_action)


def _may_hand_over(actor: Actor, dossier: Dossier) -> bool:
    return dossier.status == Status.DONE and at_desk(actor, dossier)


# What carries the dossier on stands first, the ways aside below it.
FORWARD_RULES = (
    ActRule(Command.TAKE, "dossiers:take", _may_take),
    ActRule(Command.FINISH_STEP, "dossiers:finish-step", _finishes(Command.FINISH_STEP)),
    ActRule(Command.SIGN, "dossiers:sign", _finishes(Command.SIGN)),
    ActRule(Command.RECORD_RESULT, "dossiers:record-result", _finishes(Command.RECORD_RESULT)),
    ActRule(Command.HAND_OVER, "dossiers:hand-over", _may_hand_over),
)
ASIDE_RULES = (
    ActRule(Command.FORWARD, "dossiers:forward", holds_step),
    ActRule(Command.RETURN_TO_STEP, "dossiers:return-to-step", holds_step),
)
