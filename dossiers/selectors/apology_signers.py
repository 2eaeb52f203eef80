"""Who signs the apology for a late dossier (NĐ 61/2018 art. 19.9), by the rule-set it was accepted under."""

from __future__ import annotations

from dossiers.models import Dossier
from dossiers.rules.act_policy import ApologySigner
from dossiers.selectors.act_rules import at_desk
from dossiers.selectors.rulesets import policy_by_id
from haddong_portal.accounts.constants import Role
from haddong_portal.common.actors import Actor


def signs_apology(actor: Actor, dossier: Dossier) -> bool:
    """The head of the agency at fault: a leader of the unit that works on or signs the dossier, the head of the desk
    for the desk's own delay. Where the rule-set says so, the head of the receiving desk alone."""
    if actor.role == Role.ONE_STOP_HEAD:
        return at_desk(actor, dossier) and (_signed_at_desk(dossier) or _is_at_desk(dossier))
    units = {dossier.owner_unit_id, dossier.handling_unit_id, dossier.signing_unit_id}
    return bool(units & actor.unit_ids) and not _signed_at_desk(dossier)


def _signed_at_desk(dossier: Dossier) -> bool:
    return policy_by_id(dossier.ruleset_id).acts.apology_signer == ApologySigner.DESK_HEAD


def _is_at_desk(dossier: Dossier) -> bool:
    return dossier.owner_unit_id == dossier.receiving_unit_id
