"""Receive a dossier at the desk: T1, (counter) → ACCEPTED (NĐ 61/2018 art. 17; TT 01/2018 form 01).

Clerks and the head of the one-stop desk, and connected systems with a clerk's post. Writes the person, one dossier
with its checklist, step log and charges, one event, one notice and one audit row. Everything is read and computed
first; the unit's counter rows are locked as late as can be, book, code, receipt, since every other intake of the unit
waits for them.
"""

from __future__ import annotations

from dataclasses import astuple
from datetime import datetime

from django.db import IntegrityError, transaction

from dossiers.constants import EventKind, FormKind, Status
from dossiers.models import Dossier, Slip
from dossiers.permissions import RECEIVE
from dossiers.rules.numbering import book_on, ordered_unit_code, serial_period
from dossiers.selectors.duplicates import received_with_key
from dossiers.services.branches import tell_branch_units
from dossiers.services.intake_data import IntakeData, ReceivedDossier
from dossiers.services.intake_papers import write_store_part
from dossiers.services.issue_slip import SlipData, build_slip, slip_sequence
from dossiers.services.notifying import desk_place, notify_applicant
from dossiers.services.prepare_intake import PreparedIntake, prepare_intake
from dossiers.services.recording import record_event
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.codes import format_dossier_code
from haddong_portal.common.crypto.blind_index import blind_index
from haddong_portal.common.errors import Conflict, DomainError
from haddong_portal.common.insert import insert_row, insert_together
from haddong_portal.notices.constants import NoticeEvent
from haddong_portal.plumbing.services.next_number import NumberLine, next_numbers

KEY_LENGTH_MAX = 80
# Another request wrote the same key, or the same new person, a moment before: starting again finds it.
_RACES = ("dossier_intake_key_unique", "person_personal_id_unique", "organisation_tax_code_unique")


def receive_dossier(
    *, actor: Actor, intake: IntakeData, idempotency_key: str, now: datetime | None = None
) -> ReceivedDossier:
    """The new dossier; with a key that this account has used before, the dossier of then (`already`).

    Raises NotAllowed, DomainError naming the field at fault, or Conflict `dossier.duplicate_open`.
    """
    actor.require(RECEIVE)
    check_key(idempotency_key)
    moment = clock.local(now or clock.now())
    digest = blind_index(repr(astuple(intake)), "intake")
    try:
        return _receive(actor, intake, idempotency_key, digest, moment)
    except IntegrityError as error:
        if not any(name in str(error) for name in _RACES):
            raise
    except Conflict as refusal:
        # The open dossier may be this very key's, written between the look-up of the key and that of duplicates.
        earlier = received_with_key(user_id=actor.user_id, key=idempotency_key)
        if refusal.code != "dossier.duplicate_open" or earlier is None:
            raise
        return _answered_before(earlier, digest)
    return _receive(actor, intake, idempotency_key, digest, moment)


@transaction.atomic
def _receive(actor: Actor, intake: IntakeData, key: str, digest: str, now: datetime) -> ReceivedDossier:
    prepared = prepare_intake(actor=actor, intake=intake, key=key, now=now)
    if prepared.earlier is not None:
        return _answered_before(prepared.earlier, digest)
    dossier = prepared.dossier
    dossier.intake_key, dossier.intake_digest = key, digest
    _number(dossier, prepared, now)
    insert_row(dossier)
    _tie_parts(dossier, prepared)
    _write_parts(dossier, prepared, actor, now)
    _record(dossier, prepared, actor, now)
    return ReceivedDossier(dossier.pk, dossier.code, dossier.due_at, tuple(dossier.due_explanation))


def check_key(key: str) -> None:
    """DomainError idempotency.bad_key."""
    if not 0 < len(key) <= KEY_LENGTH_MAX:
        raise DomainError("idempotency.bad_key", f"Khóa chống gửi trùng phải có từ 1 đến {KEY_LENGTH_MAX} ký tự.")


def other_content() -> Conflict:
    """The refusal of a key that was used for something else."""
    return Conflict(
        "idempotency.other_content", "Khóa chống gửi trùng này đã dùng cho một hồ sơ khác. Xin dùng khóa mới."
    )


def _answered_before(earlier: Dossier, digest: str) -> ReceivedDossier:
    if earlier.intake_digest != digest:
        raise other_content()
    return ReceivedDossier(earlier.pk, earlier.code, earlier.due_at, tuple(earlier.due_explanation), already=True)


def _number(dossier: Dossier, prepared: PreparedIntake, now: datetime) -> None:
    """Book line, code and receipt, where there is one; the counter rows stay locked until commit."""
    day, holder, policy = now.date(), str(dossier.receiving_unit_id), prepared.policy
    book = book_on(policy, day)
    wanted = [NumberLine("register", holder, book.period), NumberLine("dossier", holder, serial_period(policy, day))]
    if dossier.printed_due_at is not None:
        wanted.append(slip_sequence(kind=FormKind.RECEIPT, unit_id=dossier.receiving_unit_id, year=day.year))
    line, serial, *receipt = next_numbers(wanted)
    prepared.receipt_no = receipt[0] if receipt else None
    dossier.book_no, dossier.line_no = book.number, line
    dossier.code = format_dossier_code(ordered_unit_code(policy, prepared.desk.org_code), day, serial)


def _tie_parts(dossier: Dossier, prepared: PreparedIntake) -> None:
    for line in prepared.checklist:
        line.dossier = dossier
    for run in prepared.steps:
        run.dossier = dossier
    for charge in prepared.charges:
        charge.dossier = dossier


def _write_parts(dossier: Dossier, prepared: PreparedIntake, actor: Actor, now: datetime) -> None:
    """Checklist, steps, what is owed, and form 01 with the promise it prints."""
    if prepared.store is not None:
        write_store_part(prepared.store, actor=actor, code=dossier.code, checklist=prepared.checklist, now=now)
    receipts = [_receipt(dossier, prepared.receipt_no, actor, now)] if prepared.receipt_no else []
    insert_together(prepared.checklist, prepared.steps, prepared.charges, receipts)


def _receipt(dossier: Dossier, number: int, actor: Actor, now: datetime) -> Slip:
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
    return slip


def _record(dossier: Dossier, prepared: PreparedIntake, actor: Actor, now: datetime) -> None:
    record_event(
        dossier=dossier,
        kind=EventKind.RECEIVED,
        actor=actor,
        at=now,
        from_status="",
        data={"due_at": dossier.due_at.isoformat() if dossier.due_at else None, "next_step": dossier.current_step_name},
    )
    desk = prepared.desk
    beside = [run for run in prepared.steps if run.branch]
    tell_branch_units(dossier, beside, asked_by=desk.name, now=now)
    notify_applicant(
        dossier=dossier, event=NoticeEvent.DOSSIER_RECEIVED, unit_name=desk.name, place=desk_place(desk), now=now
    )
    record_access(
        actor=actor,
        action="dossier.receive",
        object_type="dossier",
        object_id=dossier.pk,
        person_id=dossier.person_id,
        purpose=Status.ACCEPTED.label,
        now=now,
    )
