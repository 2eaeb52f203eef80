"""When asking for papers, receiving them, refusing and stopping are this person's to do."""

from __future__ import annotations

from dossiers.constants import Status
from dossiers.models import Dossier
from dossiers.rules.lifecycle import Command
from dossiers.selectors.act_rules import ActRule, at_desk, at_owner, holds_step
from haddong_portal.common.actors import Actor


def _may_receive(actor: Actor, dossier: Dossier) -> bool:
    """Online filings that were never accepted are sent in again by the citizen."""
    return dossier.accepted_at is not None and at_desk(actor, dossier)


def _may_stop(actor: Actor, dossier: Dossier) -> bool:
    withdrawn = dossier.status == Status.WITHDRAW_REQUESTED
    lapsed = dossier.supplement_until is not None and dossier.check_due_at is None
    return (withdrawn or lapsed) and (at_desk(actor, dossier) or at_owner(actor, dossier))


RULES = (
    ActRule(Command.RECEIVE_SUPPLEMENT, "dossiers:receive-supplement", _may_receive),
    ActRule(Command.REQUEST_SUPPLEMENT, "dossiers:request-supplement", holds_step),
    ActRule(Command.DECIDE_REFUSAL, "dossiers:decide-refusal", at_owner),
    ActRule(Command.STOP, "dossiers:stop", _may_stop),
)
