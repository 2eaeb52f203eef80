"""When a mistake, a loss or a new receipt is this person's to see to."""

from __future__ import annotations

from dossiers.models import Dossier
from dossiers.rules.lifecycle import Command
from dossiers.selectors.act_rules import ActRule, at_desk, concerns
from haddong_portal.common.actors import Actor


def _promise_differs(actor: Actor, dossier: Dossier) -> bool:
    """The clock says otherwise than the paper in the applicant's hand."""
    other = dossier.recomputed_due_at is not None or dossier.due_at != dossier.printed_due_at
    return at_desk(actor, dossier) and dossier.paused_at is None and other


RULES = (
    ActRule(Command.REISSUE_RECEIPT, "dossiers:reissue-receipt", _promise_differs),
    ActRule(Command.CORRECT, "dossiers:correct", concerns),
    ActRule(Command.REPORT_LOSS, "dossiers:report-loss", concerns),
)
