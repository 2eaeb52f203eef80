"""What this person may do with this dossier now, in the order of the screen."""

from __future__ import annotations

from datetime import datetime

from dossiers.models import Dossier
from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import MOVES
from dossiers.selectors import (
    act_rules,
    act_rules_coordination,
    act_rules_fees,
    act_rules_filing,
    act_rules_promise,
    act_rules_repair,
    act_rules_supplement,
)
from dossiers.selectors.act_rules import AllowedAct
from haddong_portal.common.actors import Actor

RULES: tuple[act_rules.ActRule, ...] = (
    *act_rules_filing.RULES,
    *act_rules_fees.RULES,
    *act_rules.FORWARD_RULES,
    *act_rules_coordination.ENDING_RULES,
    *act_rules_supplement.RULES,
    *act_rules_promise.RULES,
    *act_rules_coordination.RULES,
    *act_rules_fees.ASIDE_RULES,
    *act_rules.ASIDE_RULES,
    *act_rules_repair.RULES,
)


def allowed_acts(actor: Actor, dossier: Dossier, now: datetime) -> list[AllowedAct]:
    """The acts of the table that fit the state, the open step, the actor's rights and unit."""
    found = []
    for rule in RULES:
        move = MOVES[rule.command]
        fits = dossier.status in move.from_states and actor.has_right(RIGHT_OF[rule.command])
        if fits and rule.fits(actor, dossier) and (rule.when is None or rule.when(dossier, now)):
            found.append(AllowedAct(str(rule.command), move.label, rule.url_name))
    return found
