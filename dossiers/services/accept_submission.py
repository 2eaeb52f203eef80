"""Accept an online filing: T4, SUBMITTED → ACCEPTED; the clock starts now (NĐ 45/2020 art. 11; TT 01/2018 form 01).

The desk it was filed at. Gives it a register line, the promise, its steps and a receipt, as an intake at the counter
does. Writes the dossier, steps, charges, the slip, one event, one message and one audit row.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind, FormKind, Status
from dossiers.models import Charge, Dossier, StepRun
from dossiers.rules.act_policy import ActPolicy
from dossiers.rules.lifecycle import Command
from dossiers.rules.numbering import book_on
from dossiers.selectors.rulesets import rules_on
from dossiers.services.branches import tell_branch_units
from dossiers.services.charging import new_charges, unpaid_sum
from dossiers.services.clock_reading import filed_at
from dossiers.services.filing_lock import lock_filing
from dossiers.services.intake_data import IntakeData
from dossiers.services.issue_slip import SlipData, build_slip, slip_sequence
from dossiers.services.notifying import notify_applicant
from dossiers.services.prepare_intake import begin_with, frame_at, promise_columns, steps_of
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from dossiers.services.standing import STANDING_COLUMNS
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.notices.constants import NoticeEvent
from haddong_portal.plumbing.services.next_number import NumberLine, next_numbers


@transaction.atomic
def accept_submission(
    *, actor: Actor, dossier_id: int, row_version: int | None = None, now: datetime | None = None
) -> Dossier:
    """The accepted dossier. Raises NotAllowed, dossier.illegal_move, Conflict dossier.changed and what the catalogue
    refuses (dossier.not_performed, dossier.case_not_current)."""
    moment = clock.local(now or clock.now())
    dossier = lock_filing(
        actor=actor, command=Command.ACCEPT_SUBMISSION, dossier_id=dossier_id, row_version=row_version
    )
    intake = IntakeData(procedure_id=dossier.procedure_id, case_id=dossier.procedure_case_id, channel=dossier.channel)
    frame = frame_at(
        actor=actor,
        unit_id=dossier.receiving_unit_id,
        intake=intake,
        submitted_at=filed_at(dossier, rules_on(moment.date()).policy.acts),
        now=moment,
    )
    promise, runs = promise_columns(frame), steps_of(frame)
    for name, value in promise.items():
        setattr(dossier, name, value)
    dossier.status, dossier.received_by_id, dossier.check_due_at = Status.ACCEPTED, actor.user_id, None
    begin_with(dossier, runs)
    charges = new_charges(frame.terms.fees, intake.channel, now=moment)
    dossier.unpaid_vnd = unpaid_sum(charges)
    for run in runs:
        run.dossier = dossier
    for charge in charges:
        charge.dossier = dossier
    slip_no = _number(dossier, frame.rules.policy.acts, moment)
    columns = [name.removesuffix("_id") for name in promise]
    more = ("reader_unit_ids", "status", "received_by", "check_due_at", "book_no", "line_no", "unpaid_vnd")
    save_columns(dossier, [*columns, *STANDING_COLUMNS, *more], now=moment)
    StepRun.objects.bulk_create(runs)
    Charge.objects.bulk_create(charges)
    _hand_out(dossier, slip_no, actor, moment)
    tell_branch_units(dossier, [run for run in runs if run.branch], asked_by=actor.unit_name, now=moment)
    _record(dossier, actor, moment)
    return dossier


def _number(dossier: Dossier, policy: ActPolicy, now: datetime) -> int:
    """Book line and the receipt's number, in the order of every intake; the code was given when it was filed."""
    book = book_on(policy, now.date())
    line, slip_no = next_numbers(
        [
            NumberLine("register", str(dossier.receiving_unit_id), book.period),
            slip_sequence(kind=FormKind.RECEIPT, unit_id=dossier.receiving_unit_id, year=now.year),
        ]
    )
    dossier.book_no, dossier.line_no = book.number, line
    return slip_no


def _hand_out(dossier: Dossier, number: int, actor: Actor, now: datetime) -> None:
    slip = build_slip(
        kind=FormKind.RECEIPT,
        unit_id=dossier.receiving_unit_id,
        ruleset_id=dossier.ruleset_id,
        actor=actor,
        now=now,
        dossier=dossier,
        data=SlipData(due_at=dossier.due_at),
    )
    slip.number = number
    slip.save(force_insert=True)


def _record(dossier: Dossier, actor: Actor, now: datetime) -> None:
    due = dossier.due_at.isoformat() if dossier.due_at else None
    record_event(
        dossier=dossier,
        kind=EventKind.RECEIVED,
        actor=actor,
        at=now,
        from_status=Status.SUBMITTED,
        data={"due_at": due, "next_step": dossier.current_step_name},
    )
    notify_applicant(dossier=dossier, event=NoticeEvent.DOSSIER_RECEIVED, now=now)
    record_access(
        actor=actor,
        action="dossier.receive",
        object_type="dossier",
        object_id=dossier.pk,
        person_id=dossier.person_id,
        purpose=Status.ACCEPTED.label,
        now=now,
    )
