"""When the promise is this person's to answer for, and withdrawals theirs to write down."""

from __future__ import annotations

from datetime import datetime

from dossiers.models import Dossier
from dossiers.rules.lifecycle import Command
from dossiers.rules.waits import gate_opens_at
from dossiers.rules.withdrawing import may_withdraw
from dossiers.selectors.act_rules import ActRule, at_desk, at_owner
from dossiers.selectors.apology_signers import signs_apology
from dossiers.selectors.rulesets import policy_by_id
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common.actors import Actor


def _is_late(dossier: Dossier, now: datetime) -> bool:
    return dossier.due_at is not None and dossier.paused_at is None and dossier.due_at < now


def _at_the_gate(dossier: Dossier, now: datetime) -> bool:
    """From the gate's opening to the due date."""
    if dossier.due_at is None or dossier.accepted_at is None or dossier.paused_at is not None or now > dossier.due_at:
        return False
    calendar = work_calendar_for(dossier.receiving_unit_id)
    opens_at = gate_opens_at(dossier.due_at, dossier.accepted_at, calendar, policy_by_id(dossier.ruleset_id))
    return opens_at is not None and opens_at <= now


def _may_confirm(actor: Actor, dossier: Dossier) -> bool:
    """Until it has been said for the date that holds now."""
    told = dossier.on_time_confirmed_due_at == dossier.due_at or dossier.is_reappointed
    mine = at_owner(actor, dossier) and dossier.officer_id == actor.user_id
    return mine and not told and dossier.due_at is not None


def _may_record_overdue(actor: Actor, dossier: Dossier) -> bool:
    return dossier.overdue_recorded_at is None and (at_owner(actor, dossier) or at_desk(actor, dossier))


def _may_extend(actor: Actor, dossier: Dossier) -> bool:
    if dossier.is_reappointed or dossier.paused_at is not None:
        return False
    return signs_apology(actor, dossier)


def _may_withdraw(actor: Actor, dossier: Dossier) -> bool:
    if dossier.accepted_at is None or not at_desk(actor, dossier):
        return False
    policy = policy_by_id(dossier.ruleset_id).acts
    return may_withdraw(policy, status=dossier.status, action=dossier.current_action)


RULES = (
    ActRule(
        Command.DECLINE_WITHDRAWAL,
        "dossiers:decline-withdrawal",
        lambda actor, dossier: at_desk(actor, dossier) or at_owner(actor, dossier),
    ),
    ActRule(Command.CONFIRM_ON_TIME, "dossiers:confirm-on-time", _may_confirm, _at_the_gate),
    ActRule(Command.RECORD_OVERDUE, "dossiers:record-overdue", _may_record_overdue, _is_late),
    ActRule(Command.EXTEND, "dossiers:extend", _may_extend),
    ActRule(Command.REQUEST_WITHDRAWAL, "dossiers:request-withdrawal", _may_withdraw),
)
