"""Put a mistake right, with its trace: T16 (NĐ 61/2018 art. 21). What stood there stays readable in the correction.

Staff of a unit that received, holds, handles or signs the dossier. A mistake of the agency brings an apology in its
head's name; words that stand on the receipt bring a new receipt while one is in force. A name or number may be wrong in
the record of the applicant, too: that is corrected with its own history, and never merged with another. Writes the
correction, the dossier or the new result, the record, the slips, one event and, for results, a message.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from dossiers.constants import CorrectionKind, EventKind, MistakeBy, Status
from dossiers.documents.apology import ApologyKind
from dossiers.models import Correction, Dossier, DossierEvent, ResultFile
from dossiers.rules.corrections import FIELDS, PERSONAL_ID, TAX_CODE, check_correction, checked_field
from dossiers.rules.lifecycle import BEFORE_RESULT, Command
from dossiers.selectors.act_rules import concerns
from dossiers.services.apologising import apologise
from dossiers.services.correcting_organisation import (
    applicant_organisation,
    correct_organisation_name,
    correct_tax_code,
)
from dossiers.services.correcting_person import applicant_person, correct_name, correct_number
from dossiers.services.delegated import check_acting_unit
from dossiers.services.kept_files import drop_file
from dossiers.services.locking import lock_where, refuse_stale
from dossiers.services.notifying import notify_applicant
from dossiers.services.pausing import reprint_receipt
from dossiers.services.recording import record_event
from dossiers.services.result_content import ResultContent, checked_result
from dossiers.services.result_rows import ResultData, random_name, store_result
from dossiers.services.saving import save_columns
from dossiers.services.signed_result import check_result_certificate
from haddong_portal.citizens.services.find_or_create_organisation import checked_tax_code
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.identifiers.personal_id import check_personal_id
from haddong_portal.common.identifiers.phones import normalise_phone
from haddong_portal.common.text import clean_text, fold
from haddong_portal.notices.constants import NoticeEvent
from procedures.constants import DelegatedAct

REASON_TOLD_MAX = 200
# Columns that follow a corrected one.
FOLLOWING = {"applicant_name": ("applicant_name_folded",), "phone": ("phone_index",)}


@dataclass(frozen=True)
class FieldChange:
    """One of `rules.corrections.FIELDS` and what it should say; `also_record`: a corrected name goes into the record of
    the person or organisation, too. A number always does: it stands nowhere else."""

    field: str
    new_value: str
    also_record: bool = False


@dataclass(frozen=True)
class ResultChange:
    """The result that was wrong and the one that replaces it."""

    result_id: int
    result: ResultData
    content: ResultContent | None = None
    stored_name: str = ""


@dataclass(frozen=True)
class _Done:
    """What a change comes to: the letter it may need, the story's words, what the receipt must say anew."""

    kind: ApologyKind
    remedy: str
    note: str
    reprint_because: str = ""


def correct_mistake(
    *,
    actor: Actor,
    dossier_id: int,
    change: FieldChange | ResultChange,
    mistake_by: str,
    reason: str,
    row_version: int | None = None,
    now: datetime | None = None,
) -> DossierEvent:
    """The event. Raises DomainError correction.reason_missing, .mistake_by, .unknown_field, .empty, .too_long,
    .same_value, .no_result, .already_replaced, .no_person, .no_organisation, person.from_card, person.name_differs,
    organisation.*, apology.no_head, result.*, delegation.*, phones.*, identifiers.*."""
    check_correction(reason=reason, mistake_by=mistake_by)
    moment = clock.local(now or clock.now())
    if isinstance(change, ResultChange):
        change = _with_content(change, moment)
    try:
        return _correct(actor, dossier_id, change, mistake_by, reason, row_version, moment)
    except BaseException:
        if isinstance(change, ResultChange) and change.stored_name:
            drop_file(change.stored_name)  # rolled back, so nobody will ever ask for the file
        raise


@transaction.atomic
def _correct(
    actor: Actor,
    dossier_id: int,
    change: FieldChange | ResultChange,
    mistake_by: str,
    reason: str,
    row_version: int | None,
    now: datetime,
) -> DossierEvent:
    dossier = lock_where(
        actor=actor,
        command=Command.CORRECT,
        dossier_id=dossier_id,
        fits=concerns,
        refusal="Chỉ đơn vị tiếp nhận, giải quyết hoặc ký hồ sơ này được đính chính.",
    )
    refuse_stale(dossier, row_version)
    correction = Correction(
        dossier=dossier,
        mistake_by=mistake_by,
        reason=reason.strip()[:1000],
        corrected_by_id=actor.user_id or 0,
        corrected_at=now,
    )
    if isinstance(change, ResultChange):
        done = _replace_result(dossier, correction, change, actor, now)
    else:
        done = _change_field(dossier, correction, change, actor, now)
    if mistake_by == MistakeBy.AGENCY:
        correction.slip = apologise(
            dossier, kind=done.kind, reason=reason.strip(), remedy=done.remedy, actor=actor, now=now
        )
    if done.reprint_because:
        reprint_receipt(dossier, reason=done.reprint_because, actor=actor, now=now)
    correction.save(force_insert=True)
    event = _event(dossier, correction, f"{done.note} {reason.strip()}", actor, now)
    if correction.kind == CorrectionKind.RESULT:
        _tell(dossier, reason, now)
    return event


def _with_content(change: ResultChange, now: datetime) -> ResultChange:
    """The change with its file read and named, before anything is locked."""
    if not clean_text(change.result.name):
        raise DomainError("result.name_missing", "Chưa ghi tên kết quả.", "name")
    if change.result.file is None:
        return change
    content = checked_result(change.result.file)
    return replace(change, content=content, stored_name=random_name(content, now))


def _change_field(dossier: Dossier, correction: Correction, change: FieldChange, actor: Actor, now: datetime) -> _Done:
    field, new = change.field, _cleaned(change)
    old = _value_now(dossier, field)
    spec = checked_field(field, old, new)
    told = _write(dossier, change, new, correction.reason, actor, now)
    correction.kind, correction.field = CorrectionKind.FIELD, field
    correction.old_value, correction.new_value = old, new
    in_force = spec.printed and dossier.status in BEFORE_RESULT and dossier.printed_due_at is not None
    because = f"đính chính {spec.label}" if in_force else ""
    return _Done(ApologyKind.RECORD, f"Đã sửa {spec.label}.", f"Sửa {spec.label}. {told}".strip(), because)


def _cleaned(change: FieldChange) -> str:
    if change.field == TAX_CODE:
        return checked_tax_code(change.new_value)
    if not change.new_value.strip() or change.field not in ("phone", PERSONAL_ID):
        return clean_text(change.new_value)
    if change.field == PERSONAL_ID:
        return check_personal_id(change.new_value).number
    return normalise_phone(change.new_value)


def _value_now(dossier: Dossier, field: str) -> str:
    if field == PERSONAL_ID:
        return applicant_person(dossier).personal_id
    if field == TAX_CODE:
        return applicant_organisation(dossier).tax_code
    return str(getattr(dossier, field)) if field in FIELDS else ""


def _write(dossier: Dossier, change: FieldChange, new: str, reason: str, actor: Actor, now: datetime) -> str:
    """The dossier, and the record of its applicant where that is asked for; what became of the latter."""
    if change.field == PERSONAL_ID:
        told = correct_number(dossier, new, actor=actor, reason=reason, now=now)
        save_columns(dossier, ["person"], now=now)
        return told
    if change.field == TAX_CODE:
        told = correct_tax_code(dossier, new, actor=actor, reason=reason, now=now)
        save_columns(dossier, ["organisation"], now=now)
        return told
    setattr(dossier, change.field, new)
    dossier.applicant_name_folded = fold(dossier.applicant_name)
    save_columns(dossier, [change.field, *FOLLOWING.get(change.field, ())], now=now)
    if change.field == "applicant_name" and change.also_record:
        correct = correct_organisation_name if dossier.organisation_id else correct_name
        return correct(dossier, actor=actor, reason=reason, now=now)
    return ""


def _replace_result(
    dossier: Dossier, correction: Correction, change: ResultChange, actor: Actor, now: datetime
) -> _Done:
    old = _current_result(dossier, change.result_id)
    check_acting_unit(dossier, DelegatedAct.DECIDE, on=now.date())
    check_result_certificate(dossier.signing_unit, change.result.file)
    new = store_result(dossier, change.result, change.content, change.stored_name, actor, now)
    new.is_refusal = old.is_refusal
    new.save(update_fields=["is_refusal"])
    old.superseded_at = now
    old.save(update_fields=["superseded_at"])
    save_columns(dossier, (), now=now)
    correction.kind, correction.old_result, correction.new_result = CorrectionKind.RESULT, old, new
    named = f"{new.name}, số {new.number}" if new.number else new.name
    return _Done(ApologyKind.CORRECTION, f"Cấp lại kết quả đúng: {named}.", "Thay kết quả.")


def _current_result(dossier: Dossier, result_id: int) -> ResultFile:
    found = ResultFile.objects.filter(pk=result_id, dossier=dossier).first()
    if found is None or dossier.status not in (Status.DONE, Status.RETURNED):
        raise DomainError("correction.no_result", "Hồ sơ chưa có kết quả này để đính chính.", "result_id")
    if found.superseded_at is not None:
        raise DomainError("correction.already_replaced", "Kết quả này đã được thay bằng bản khác.", status=409)
    return found


def _event(dossier: Dossier, correction: Correction, note: str, actor: Actor, now: datetime) -> DossierEvent:
    return record_event(
        dossier=dossier,
        kind=EventKind.CORRECTED,
        actor=actor,
        at=now,
        from_status=dossier.status,
        note=note,
        data={
            "correction_id": correction.pk,
            "kind": correction.kind,
            "field": correction.field,
            "mistake_by": correction.mistake_by,
            "slip_id": correction.slip_id,
        },
    )


def _tell(dossier: Dossier, reason: str, now: datetime) -> None:
    notify_applicant(
        dossier=dossier,
        event=NoticeEvent.CORRECTION_MADE,
        now=now,
        more={"reason": reason[:REASON_TOLD_MAX]},
    )
