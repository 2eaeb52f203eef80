"""When the desk may act on a dossier's money: collecting is an act of the table, the rest have rights of their own."""

from __future__ import annotations

from collections.abc import Sequence

from dossiers.models import Dossier
from dossiers.permissions import EXEMPT, RIGHT_OF, VOID_PAYMENT
from dossiers.rules.lifecycle import MOVES, Command
from dossiers.selectors.act_rules import ActRule, AllowedAct, at_desk, at_owner, holds_step
from dossiers.selectors.charges import ChargeLine
from haddong_portal.common.actors import Actor


def _owes(actor: Actor, dossier: Dossier) -> bool:
    return at_desk(actor, dossier) and dossier.unpaid_vnd > 0


def _may_confirm(actor: Actor, dossier: Dossier) -> bool:
    return at_desk(actor, dossier) or at_owner(actor, dossier)


RULES = (
    ActRule(Command.COLLECT_FEE, "dossiers:collect-fee", _owes),
    ActRule(Command.CONFIRM_PAYMENT, "dossiers:confirm-payment", _may_confirm),
)
ASIDE_RULES = (ActRule(Command.REQUEST_PAYMENT, "dossiers:request-payment", holds_step),)


EXEMPT_ACT = AllowedAct("exempt_charge", "Miễn, giảm khoản thu", "dossiers:exempt-charge")
AMOUNT_ACT = AllowedAct("set_charge_amount", "Ghi số tiền", "dossiers:set-charge-amount")
VOID_ACT = AllowedAct("void_payment", "Hủy biên lai", "dossiers:void-payment")


def fee_acts_of(actor: Actor, dossier: Dossier, charges: Sequence[ChargeLine]) -> list[AllowedAct]:
    """What this actor may do with these charges now, beside collecting."""
    if not at_desk(actor, dossier) or dossier.status not in MOVES[Command.COLLECT_FEE].from_states:
        return []
    owed = any(charge.is_open for charge in charges)
    paid = any(charge.receipt for charge in charges)
    wanted = (
        (AMOUNT_ACT, owed and actor.has_right(RIGHT_OF[Command.COLLECT_FEE])),
        (EXEMPT_ACT, owed and actor.has_right(EXEMPT)),
        (VOID_ACT, paid and actor.has_right(VOID_PAYMENT)),
    )
    return [act for act, fits in wanted if fits]
