"""Refuse to take a dossier in at the counter: T3, nothing is filed (NĐ 61/2018 art. 17; TT 01/2018 form 03).

The desk, with a reason; also for what is not performed here, so a procedure need not be chosen. Writes the person,
the slip and one audit row.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import FormKind
from dossiers.models import Slip
from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import Command
from dossiers.selectors.rulesets import rules_on
from dossiers.selectors.terms import intake_terms
from dossiers.services.counter_data import IntakeRefusalData, settle_visitor
from dossiers.services.counter_slips import once_per_key, record_slip
from dossiers.services.intake_data import PersonData
from dossiers.services.issue_slip import SlipData, issue_slip
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotAllowed
from haddong_portal.common.text import clean_text

LEGAL_BASIS_MAX = 500


def refuse_intake(
    *, actor: Actor, person: PersonData, refusal: IntakeRefusalData, key: str, now: datetime | None = None
) -> Slip:
    """The slip; with a `key` that this account has used before, the slip of then.

    Raises DomainError refusal.reason_missing, refusal.request_missing, or what `intake_terms` raises.
    """
    actor.require(RIGHT_OF[Command.REFUSE_INTAKE])
    if actor.unit_id is None:
        raise NotAllowed()
    if not refusal.reason.strip():
        raise DomainError("refusal.reason_missing", "Phải ghi lý do từ chối.", "reason")
    moment = clock.local(now or clock.now())
    return once_per_key(actor=actor, key=key, issue=lambda: _issue(actor, person, refusal, key, moment))


@transaction.atomic
def _issue(actor: Actor, person: PersonData, refusal: IntakeRefusalData, key: str, now: datetime) -> Slip:
    request = _request(actor, refusal, now)
    visitor = settle_visitor(person, now=now)
    slip = issue_slip(
        kind=FormKind.REFUSAL,
        unit_id=actor.unit_id or 0,
        ruleset_id=rules_on(now.date()).ruleset_id,
        actor=actor,
        now=now,
        data=SlipData(
            reason=refusal.reason,
            contents={"case_id": refusal.case_id, "legal_basis": clean_text(refusal.legal_basis)[:LEGAL_BASIS_MAX]},
            applicant_name=visitor.name,
            applicant_address=visitor.address,
            phone=visitor.phone,
            person_id=visitor.person_id,
            procedure_id=refusal.procedure_id,
            request=request,
            intake_key=key,
        ),
    )
    record_slip(slip, actor=actor, action="slip.refuse", now=now)
    return slip


def _request(actor: Actor, refusal: IntakeRefusalData, now: datetime) -> str:
    """What was asked for: in the visitor's words, else the procedure's name."""
    if refusal.procedure_id is None:
        if not refusal.request.strip():
            raise DomainError("refusal.request_missing", "Phải ghi người dân yêu cầu việc gì.", "request")
        return refusal.request
    terms = intake_terms(
        unit_id=actor.unit_id or 0,
        procedure_id=refusal.procedure_id,
        case_id=refusal.case_id or 0,
        on=now.date(),
    )
    return refusal.request.strip() or terms.procedure_name
