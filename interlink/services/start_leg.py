"""Start a leg: receive its own dossier, or write the request to its agency, under the case's lock.

The dossier's key and the message are unique per leg and generation: starting twice is starting once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from dossiers.rules.papers import ChecklistAnswer
from dossiers.services.intake_data import IntakeData, PersonData
from dossiers.services.receive_dossier import receive_dossier
from haddong_portal.citizens.constants import DataSource
from haddong_portal.common.errors import DomainError
from interlink.constants import CaseEventKind, ClockOf, LegKind, LegState, MessageKind
from interlink.models import Leg
from interlink.rules.clocks import reckon
from interlink.rules.engine import HoldCode, values_of
from interlink.rules.template import LegPlan
from interlink.services.acting import case_actor
from interlink.services.leg_changes import change_leg, start_clock
from interlink.services.leg_papers import papers_for
from interlink.services.locking import LockedCase
from interlink.services.queue_message import queue_message
from procedures.constants import Channel, PublicationState
from procedures.models import PaperRequirement, Procedure, ProcedureCase

SUFFIX_OF_ELECTRONIC = "electronic"


def start_leg(*, locked: LockedCase, leg: Leg) -> None:
    """Raises what `receive_dossier` raises; a paper that may not be used any more holds the leg instead."""
    plan = locked.plan(leg.key)
    start_clock(locked, leg, max(locked.now, locked.case.deemed_at))
    if leg.kind == LegKind.DOSSIER:
        _receive(locked, leg, plan)
        return
    try:
        papers = papers_for(locked, plan)
    except DomainError as refusal:
        hold_leg(locked, leg, HoldCode.PAPER, refusal.message)
        return
    leg.ack_due_at = _ack_due(locked)
    change_leg(
        locked,
        leg,
        LegState.READY,
        CaseEventKind.LEG_STARTED,
        clock_of=ClockOf.AGENCY,
        data={"generation": leg.generation, "agency": leg.agency.code},
    )
    queue_message(leg=leg, kind=MessageKind.REQUEST, payload=payload_of(locked, leg, papers), now=locked.now)


def hold_leg(locked: LockedCase, leg: Leg, code: str, reason: str) -> None:
    """The leg waits for people; `code` says what would release it."""
    leg.hold_code = code
    leg.started_at = leg.ack_due_at = None
    clock = {HoldCode.CONFIRMATION: ClockOf.CONFIRMER, HoldCode.FACT: ClockOf.UPSTREAM}.get(
        HoldCode(code), ClockOf.WARD
    )
    change_leg(locked, leg, LegState.HELD, CaseEventKind.LEG_HELD, clock_of=clock, reason=reason, data={"code": code})


def payload_of(locked: LockedCase, leg: Leg, papers: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """What an agency is told: the leg's form and papers by reference, nothing else of the declaration."""
    plan = locked.plan(leg.key)
    return {
        "case": locked.case.code,
        "group": locked.case.version.procedure_code,
        "leg": leg.key,
        "service": leg.procedure_code or leg.key,
        "generation": leg.generation,
        "fields": values_of(locked.view(), plan),
        "papers": list(papers),
        "due_at": leg.due_at.isoformat() if leg.due_at else "",
    }


def _ack_due(locked: LockedCase) -> datetime | None:
    within = locked.template.ack_within
    return reckon(within, locked.now, replace(locked.work, verified=False)).due_at if within else None


def _receive(locked: LockedCase, leg: Leg, plan: LegPlan) -> None:
    received = receive_dossier(
        actor=case_actor(locked.case),
        intake=_intake(locked, leg, plan),
        idempotency_key=f"linked:{locked.case.pk}:{leg.key}:{leg.generation}",
        now=locked.now,
    )
    leg.dossier_id = received.dossier_id
    leg.sent_at = leg.ack_at = locked.now
    change_leg(
        locked,
        leg,
        LegState.WORKING,
        CaseEventKind.LEG_STARTED,
        clock_of=ClockOf.WARD,
        data={"generation": leg.generation, "dossier": received.code},
    )


def _intake(locked: LockedCase, leg: Leg, plan: LegPlan) -> IntakeData:
    case = _procedure_case(plan.procedure_code)
    requester = locked.case.requester
    fields = locked.declared.fields
    return IntakeData(
        procedure_id=case.version.procedure_id,
        case_id=case.pk,
        person=PersonData(full_name=requester.full_name, personal_id=requester.personal_id, source=DataSource.TYPED),
        phone=fields.get(f"{locked.template.requester}.phone", ""),
        email=fields.get(f"{locked.template.requester}.email", ""),
        checklist=tuple(_answers(locked, case, plan)),
        channel=Channel(locked.case.channel),
        delivery=locked.case.delivery,
        delivery_address=locked.case.delivery_address,
        request_note=f"Liên thông {locked.case.code}: {leg.name}",
        confirmed_duplicate=True,
    )


def _procedure_case(code: str) -> ProcedureCase:
    procedure = Procedure.objects.filter(national_code=code, current_version__state=PublicationState.PUBLISHED).first()
    case = None
    if procedure is not None:
        rows = ProcedureCase.objects.filter(version_id=procedure.current_version_id).select_related("version")
        case = rows.order_by("position").first()
    if case is None:
        raise DomainError("linked.no_procedure", f"Thủ tục {code} chưa được công bố tại đây.")
    return case


def _reused(given: Mapping[str, str]) -> UUID | None:
    """The stored paper that stands for a line. A file brought with the declaration has no clerk's signature yet: it is
    looked at, not reused."""
    return UUID(given["paper"]) if given.get("paper") and not given.get("brought") else None


def _answers(locked: LockedCase, case: ProcedureCase, plan: LegPlan) -> list[ChecklistAnswer]:
    """Every required component comes with the one declaration; a declared paper says how it came."""
    types = {paper.paper_type: paper.key for paper in locked.template.papers if paper.paper_type}
    note = f"Theo khai một lần {locked.case.code}"
    rows = PaperRequirement.objects.filter(case=case, is_note=False).order_by("position")
    answers = []
    for row in rows:
        given = locked.declared.papers.get(types.get(row.paper_type, ""), {})
        if not row.required and not given:
            continue
        state = given.get("state") or SUFFIX_OF_ELECTRONIC
        brought = state == "paper"
        answers.append(
            ChecklistAnswer(
                row.pk,
                row.name,
                state,
                row.originals if brought else 0,
                row.copies if brought else 0,
                note=note,
                paper=_reused(given),
                taken_reason=given.get("taken_reason", ""),
            )
        )
    return answers
