"""Guide an applicant at the counter: T2, nothing is filed (NĐ 61/2018 art. 17; TT 01/2018 form 02).

The desk. Once and completely: every required paper that is not there is named, only published ones, and a second
slip for the same person and case needs a reason that the rule-set allows. Writes the person, the slip with its lines
and one audit row.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from dossiers.constants import FormKind
from dossiers.models import Slip
from dossiers.permissions import RIGHT_OF
from dossiers.rules.guidance import AskedPaper, GivenGuidance, check_complete, check_once
from dossiers.rules.lifecycle import Command
from dossiers.selectors.guidance import given_guidance
from dossiers.selectors.rulesets import rules_on
from dossiers.selectors.terms import IntakeTerms, intake_terms
from dossiers.services.counter_data import GuidanceData, Visitor, settle_visitor
from dossiers.services.counter_slips import once_per_key, record_slip
from dossiers.services.intake_data import PersonData
from dossiers.services.issue_slip import SlipData, fault_key, issue_slip
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor


def guide_applicant(
    *, actor: Actor, person: PersonData, guidance: GuidanceData, key: str, now: datetime | None = None
) -> Slip:
    """The slip; with a `key` that this account has used before, the slip of then.

    Raises DomainError guidance.no_lines, .incomplete, .reason_does_not_fit, dossier.paper_unpublished, what
    `intake_terms` raises, or Conflict guidance.already_given.
    """
    actor.require(RIGHT_OF[Command.GUIDE])
    moment = clock.local(now or clock.now())
    return once_per_key(actor=actor, key=key, issue=lambda: _issue(actor, person, guidance, key, moment))


@transaction.atomic
def _issue(actor: Actor, person: PersonData, guidance: GuidanceData, key: str, now: datetime) -> Slip:
    terms = intake_terms(
        unit_id=actor.unit_id or 0, procedure_id=guidance.procedure_id, case_id=guidance.case_id, on=now.date()
    )
    asked = [AskedPaper(line.requirement_id, line.name, line.fault, fault_key(line)) for line in guidance.lines]
    check_complete(terms.papers, guidance.checklist, asked)
    visitor = settle_visitor(person, now=now)
    given = given_guidance(
        unit_id=terms.desk.pk,
        person_id=visitor.person_id,
        procedure_id=guidance.procedure_id,
        version_id=terms.version_id,
        case_id=guidance.case_id,
        now=now,
    )
    rules = rules_on(now.date())
    check_once(given=given, again=guidance.again, asked=asked, version_id=terms.version_id, policy=rules.policy)
    slip = issue_slip(
        kind=FormKind.SUPPLEMENT_REQUEST,
        unit_id=terms.desk.pk,
        ruleset_id=rules.ruleset_id,
        actor=actor,
        now=now,
        data=replace(_contents(guidance, visitor, terms, given), intake_key=key),
    )
    record_slip(slip, actor=actor, action="slip.guide", now=now)
    return slip


def _contents(guidance: GuidanceData, visitor: Visitor, terms: IntakeTerms, given: GivenGuidance | None) -> SlipData:
    again = guidance.again if given else ""
    return SlipData(
        reason=guidance.reason,
        lines=guidance.lines,
        contents={"case_id": guidance.case_id, "version_id": terms.version_id, "again": again},
        replaces_id=given.slip_id if given else None,
        applicant_name=visitor.name,
        applicant_address=visitor.address,
        phone=visitor.phone,
        person_id=visitor.person_id,
        procedure_id=guidance.procedure_id,
        request=terms.procedure_name,
    )
