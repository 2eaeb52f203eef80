"""The promise a clerk sees while typing: the same computation that the intake will make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dossiers.rules.intake_papers import may_go_without_receipt
from dossiers.rules.promise import Commitment, commit
from dossiers.selectors.rulesets import rules_on
from dossiers.selectors.terms import IntakeTerms, intake_terms
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from procedures.selectors.intake import IntakeChoice


@dataclass(frozen=True)
class Promise:
    """A due date to show; `due_at` None when none can be given, and `explanation` then says why.

    `may_go_without_receipt`: the result comes at once, and the rule-set asks for form 01 only when somebody wants it.
    """

    due_at: datetime | None
    limit_text: str
    explanation: tuple[str, ...]
    may_go_without_receipt: bool = False


def promise_for(*, actor: Actor, choice: IntakeChoice, case_id: int, channel: int, now: datetime) -> Promise:
    """What would be promised if the dossier were received now."""
    try:
        on = clock.local(now).date()
        terms = intake_terms(unit_id=actor.unit_id or 0, procedure_id=choice.procedure_id, case_id=case_id, on=on)
        made = commitment_for(terms=terms, channel=channel, now=now)
    except DomainError as error:
        return Promise(None, "", (error.message,))
    optional = may_go_without_receipt(rules_on(on).policy, made.limit)
    return Promise(made.due_at, made.limit_text, made.explanation, optional)


def commitment_for(*, terms: IntakeTerms, channel: int, now: datetime) -> Commitment:
    """The commitment for terms on a channel; DomainError when none can be made."""
    found = terms.limit_on(channel)
    return commit(
        limit=found.limit if found else None,
        plans=terms.plans,
        handling_kind=terms.handling_kind,
        accepted_at=now,
        calendar=work_calendar_for(terms.desk.pk),
        policy=rules_on(clock.local(now).date()).policy,
    )
