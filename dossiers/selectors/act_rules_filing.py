"""Checking what was filed from home is the desk's it was filed at."""

from __future__ import annotations

from dossiers.rules.lifecycle import Command
from dossiers.selectors.act_rules import ActRule, at_desk

RULES = (
    ActRule(Command.ACCEPT_SUBMISSION, "dossiers:accept-submission", at_desk),
    ActRule(Command.RETURN_SUBMISSION, "dossiers:return-submission", at_desk),
    ActRule(Command.REFUSE_SUBMISSION, "dossiers:refuse-submission", at_desk),
)
