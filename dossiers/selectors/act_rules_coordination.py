"""When verifying and asking others for their opinion are this person's to do."""

from __future__ import annotations

from dossiers.rules.lifecycle import Command
from dossiers.selectors.act_rules import ActRule, holds_step

# What ends such work stands before the ways aside, what begins it after them.
ENDING_RULES = (ActRule(Command.FINISH_VERIFICATION, "dossiers:finish-verification", holds_step),)
RULES = (
    ActRule(Command.VERIFY, "dossiers:verify", holds_step),
    ActRule(Command.CONSULT, "dossiers:request-opinion", holds_step),
)
