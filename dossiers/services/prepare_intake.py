"""The first half of an intake: read, check and compute everything, before any counter row is locked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dossiers.constants import Delivery, Status, StepState
from dossiers.models import Charge, ChecklistLine, Dossier, StepRun
from dossiers.rules.acceptance import step_start
from dossiers.rules.act_policy import ActPolicy
from dossiers.rules.fees_due import fees_due
from dossiers.rules.intake_papers import may_go_without_receipt
from dossiers.rules.papers import PaperLine, settle_papers
from dossiers.rules.promise import Commitment, commit
from dossiers.rules.routing import PlannedStep, step_end, steps_done_at_intake
from dossiers.selectors.duplicates import open_duplicate, received_with_key
from dossiers.selectors.rulesets import RulesInForce, rules_on
from dossiers.selectors.terms import IntakeTerms, intake_terms
from dossiers.services.applicants import Applicant, settle_applicant
from dossiers.services.charging import new_charges, unpaid_sum
from dossiers.services.intake_data import IntakeData
from dossiers.services.intake_papers import StorePart, store_part
from dossiers.services.reminding import set_next_reminder
from dossiers.services.standing import let_read, stand_at
from haddong_portal.accounts.models import Unit
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError
from haddong_portal.common.text import clean_text, fold
from haddong_portal.common.worktime import WorkCalendar
from procedures.constants import Channel
from procedures.rules.process_path import LEAD

COPIES_MAX = 99


@dataclass
class PreparedIntake:
    """Rows ready to be written once the numbers are known, or the dossier that the same key made `earlier`."""

    desk: Unit
    dossier: Dossier
    checklist: list[ChecklistLine] = field(default_factory=list)
    steps: list[StepRun] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    earlier: Dossier | None = None
    receipt_no: int | None = None
    policy: ActPolicy = ActPolicy()
    store: StorePart | None = None


@dataclass(frozen=True)
class Frame:
    """What the rows of one intake have in common."""

    actor: Actor
    intake: IntakeData
    terms: IntakeTerms
    promise: Commitment
    rules: RulesInForce
    calendar: WorkCalendar
    now: datetime


def prepare_intake(*, actor: Actor, intake: IntakeData, key: str, now: datetime) -> PreparedIntake:
    """Check the whole intake and build its rows. Raises DomainError; writes only the applicant."""
    check_words(intake)
    earlier = received_with_key(user_id=actor.user_id, key=key)
    if earlier is not None:
        return PreparedIntake(desk=Unit(), dossier=earlier, earlier=earlier)
    frame = frame_at(actor=actor, unit_id=actor.unit_id or 0, intake=intake, now=now)
    _check_receipt(frame)
    papers = settle_papers(frame.terms.papers, intake.checklist)
    applicant = settle_applicant(intake=intake, now=now)
    _refuse_duplicate(applicant, intake)
    store = store_part(actor=actor, lines=papers, applicant=applicant, policy=frame.rules.policy, now=now)
    dossier = _dossier(frame, applicant)
    steps = steps_of(frame)
    begin_with(dossier, steps)
    set_next_reminder(dossier, now=now, calendar=frame.calendar, policy=frame.rules.policy)
    charges = new_charges(frame.terms.fees, intake.channel, now=now)
    dossier.unpaid_vnd = unpaid_sum(charges)
    return PreparedIntake(
        frame.terms.desk,
        dossier,
        checklist_of(papers),
        steps,
        charges,
        policy=frame.rules.policy.acts,
        store=store,
    )


def _check_receipt(frame: Frame) -> None:
    if frame.intake.without_receipt and not may_go_without_receipt(frame.rules.policy, frame.promise.limit):
        raise DomainError(
            "dossier.receipt_needed", "Chỉ việc trả kết quả ngay mới có thể không cấp giấy hẹn.", "without_receipt"
        )


def check_words(intake: IntakeData) -> None:
    """What no look-up is needed for."""
    if intake.channel not in Channel.values:
        raise DomainError("dossier.channel", "Kênh nộp không đúng.", "channel")
    if intake.delivery not in Delivery.values:
        raise DomainError("dossier.delivery", "Cách nhận kết quả không đúng.", "delivery")
    if intake.delivery == Delivery.POSTAL and not intake.delivery_address.strip():
        raise DomainError("dossier.delivery_address", "Chưa có địa chỉ nhận kết quả qua bưu chính.", "delivery_address")
    if not 1 <= intake.copies <= COPIES_MAX:
        raise DomainError("dossier.copies", f"Số bộ hồ sơ từ 1 đến {COPIES_MAX}.", "copies")
    if bool(intake.person) == bool(intake.organisation):
        raise DomainError("dossier.one_applicant", "Người nộp là một cá nhân hoặc một tổ chức.", "person")


def frame_at(
    *, actor: Actor, unit_id: int, intake: IntakeData, submitted_at: datetime | None = None, now: datetime
) -> Frame:
    """What holds for this case at this desk if it were accepted now. Raises DomainError."""
    terms = intake_terms(unit_id=unit_id, procedure_id=intake.procedure_id, case_id=intake.case_id, on=now.date())
    rules, calendar = rules_on(now.date()), work_calendar_for(terms.desk.pk)
    found = terms.limit_on(intake.channel)
    promise = commit(
        limit=found.limit if found else None,
        plans=terms.plans,
        handling_kind=terms.handling_kind,
        accepted_at=now,
        submitted_at=submitted_at,
        calendar=calendar,
        policy=rules.policy,
    )
    return Frame(actor, intake, terms, promise, rules, calendar, now)


def _refuse_duplicate(applicant: Applicant, intake: IntakeData) -> None:
    """ "Same person, same procedure, still open": a question to the clerk, answered by `confirmed_duplicate`."""
    if intake.confirmed_duplicate or applicant.is_new:
        return
    found = open_duplicate(
        person_id=applicant.person_id, organisation_id=applicant.organisation_id, procedure_id=intake.procedure_id
    )
    if found is not None:
        raise Conflict(
            "dossier.duplicate_open",
            f"Người này đang có hồ sơ {found.code} cùng thủ tục chưa trả kết quả. Nếu đây là yêu cầu khác, xin xác "
            "nhận rồi tiếp nhận lại.",
            "confirmed_duplicate",
            data={"dossier_code": found.code, "status": found.status},
        )


def _dossier(frame: Frame, applicant: Applicant) -> Dossier:
    return Dossier(
        status=Status.ACCEPTED,
        received_by_id=frame.actor.user_id or 0,
        **filed_columns(frame, applicant),
        **promise_columns(frame),
    )


def filed_columns(frame: Frame, applicant: Applicant) -> dict[str, Any]:
    """What is known once something is filed: for whom, what, where, how it comes back."""
    intake, terms = frame.intake, frame.terms
    return {
        "receiving_unit": terms.desk,
        "handling_unit_id": terms.places.handling_id,
        "signing_unit_id": terms.places.signing_id,
        "procedure_id": terms.procedure_id,
        "procedure_version_id": terms.version_id,
        "procedure_case_id": intake.case_id,
        "procedure_name": terms.procedure_name,
        "person_id": applicant.person_id,
        "organisation_id": applicant.organisation_id,
        "applicant_name": applicant.name,
        "applicant_name_folded": fold(applicant.name),
        "applicant_address": applicant.address,
        "phone": applicant.phone,
        "email": applicant.email,
        "representative_id": applicant.representative_id,
        "representative_relation": clean_text(intake.representative_relation)[:120],
        "request_note": clean_text(intake.request_note)[:500],
        "channel": intake.channel,
        "delivery": intake.delivery,
        "delivery_address": clean_text(intake.delivery_address),
        "copies": intake.copies,
    }


def promise_columns(frame: Frame) -> dict[str, Any]:
    """What acceptance adds: the rules and the process it runs under, the promised date and why, the fees."""
    promise = frame.promise
    fees = fees_due(frame.terms.fees, frame.intake.channel)
    return {
        "iso_process_id": promise.plan.process_id,
        "ruleset_id": frame.rules.ruleset_id,
        "calendar_version": int(frame.calendar.version),
        "accepted_at": frame.now,
        "due_at": promise.due_at,
        "printed_due_at": None if frame.intake.without_receipt else promise.due_at,
        "limit": promise.limit.to_json(),
        "limit_text": promise.limit_text,
        "due_explanation": list(promise.explanation),
        "fee_vnd": fees.fee_vnd,
        "duty_vnd": fees.duty_vnd,
        "fee_note": fees.note,
    }


def checklist_of(papers: list[PaperLine]) -> list[ChecklistLine]:
    return [
        ChecklistLine(
            requirement_id=paper.term.requirement_id,
            position=position,
            name=paper.term.name,
            state=paper.answer.state,
            originals=paper.answer.originals if paper.is_brought else 0,
            copies=paper.answer.copies if paper.is_brought else 0,
            note=clean_text(paper.answer.note)[:300],
        )
        for position, paper in enumerate(papers, start=1)
    ]


def steps_of(frame: Frame) -> list[StepRun]:
    """Receiving and handing over in the system are done with the intake; the step after them waits (T5), and so do
    the branches that start with it."""
    plan = frame.promise.plan
    count = steps_done_at_intake(plan.lead)
    done = [_step_done(frame, step, number) for number, step in enumerate(plan.lead[:count], start=1)]
    beside = [first for step in plan.lead[:count] for first in plan.branches_after(step.sequence)]
    waiting = enumerate((plan.lead[count], *beside), start=count + 1)
    return [*done, *(_step_waiting(frame, step, number) for number, step in waiting)]


def begin_with(dossier: Dossier, steps: list[StepRun]) -> None:
    """Stand at the last step of the lead line; every unit with a step may read. The dossier is not saved here."""
    stand_at(dossier, [run for run in steps if run.branch == LEAD][-1])
    let_read(dossier, *(run.unit_id for run in steps))


def _step_done(frame: Frame, step: PlannedStep, number: int) -> StepRun:
    run = _run(frame, step, number)
    run.state, run.officer_id = StepState.DONE, frame.actor.user_id
    run.taken_at = run.finished_at = run.starts_at = frame.now
    run.step_due_at = frame.calendar.add_working_minutes(frame.now, run.planned_minutes)
    run.actual_minutes = 0
    return run


def _step_waiting(frame: Frame, step: PlannedStep, number: int) -> StepRun:
    run = _run(frame, step, number)
    run.starts_at = step_start(frame.now, frame.calendar, frame.rules.policy)
    planned_end = frame.calendar.add_working_minutes(run.starts_at, run.planned_minutes)
    run.step_due_at = step_end(starts_at=run.starts_at, planned_end_at=planned_end, due_at=frame.promise.due_at)
    return run


def _run(frame: Frame, step: PlannedStep, number: int) -> StepRun:
    return StepRun(
        step_id=step.step_id,
        run_no=number,
        branch=step.branch,
        action=step.action,
        role=step.role,
        name=step.name,
        unit_id=frame.terms.places.of(step),
        handed_at=frame.now,
        planned_minutes=frame.promise.step_minutes(step.planned_minutes),
    )
