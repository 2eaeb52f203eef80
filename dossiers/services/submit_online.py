"""File a dossier online: T4, (citizen) → SUBMITTED (NĐ 45/2020 art. 11). Whoever holds the draft's key.

The phone must have been proven. Writes the person, the dossier with a code of the desk's day sequence but no register
line and no promise, its checklist and files, one event and one message. The draft's key makes it once.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from dossiers.constants import EventKind, Status
from dossiers.models import ChecklistLine, Dossier, FiledPaper, FilingDraft
from dossiers.rules.numbering import ordered_unit_code, serial_period
from dossiers.rules.papers import settle_papers
from dossiers.rules.waits import submission_check_due_at
from dossiers.selectors.rulesets import RulesInForce
from dossiers.services.applicants import Applicant, settle_applicant
from dossiers.services.filing_content import intake_of_draft
from dossiers.services.filing_data import SubmittedDossier
from dossiers.services.filing_draft import HOUR_S, locked_draft
from dossiers.services.intake_data import IntakeData
from dossiers.services.notifying import notify_applicant
from dossiers.services.prepare_intake import Frame, check_words, checklist_of, filed_columns, frame_at
from dossiers.services.recording import record_event
from dossiers.services.reminding import set_next_reminder
from haddong_portal.common import clock
from haddong_portal.common.actors import PUBLIC_ACTOR
from haddong_portal.common.attempts import too_many_attempts
from haddong_portal.common.codes import format_dossier_code
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.constants import NoticeEvent
from haddong_portal.plumbing.services.next_number import next_number

_RACES = ("dossier_filing_key_unique", "person_personal_id_unique", "organisation_tax_code_unique")
# A number that is on file under another name: said without telling that it is on file.
_MISMATCHES = {
    "person.name_differs": (
        "filing.person_mismatch",
        "Họ tên và số định danh không khớp nhau. Xin kiểm tra lại; nếu đúng, xin nộp tại bộ phận Một cửa.",
    ),
    "organisation.name_differs": (
        "filing.organisation_mismatch",
        "Tên tổ chức và mã số thuế không khớp nhau. Xin kiểm tra lại; nếu đúng, xin nộp tại bộ phận Một cửa.",
    ),
}


def submit_online(*, key: uuid.UUID, client_ip: str, now: datetime | None = None) -> SubmittedDossier:
    """The submitted dossier; sent twice, the dossier of the first time (`already`).

    Raises filing.phone_missing, filing.too_many (429), filing.gone, dossier.paper_missing and what an intake raises.
    """
    if too_many_attempts("filing-submit", client_ip, most=settings.FILING_SUBMITS_PER_ADDRESS_MAX, window_s=HOUR_S):
        raise DomainError("filing.too_many", "Đã nộp quá nhiều hồ sơ. Xin thử lại sau một giờ.", status=429)
    moment = clock.local(now or clock.now())
    try:
        return _submit(key, moment)
    except IntegrityError as error:
        if not any(name in str(error) for name in _RACES):
            raise
    return _submit(key, moment)


@transaction.atomic
def _submit(key: uuid.UUID, now: datetime) -> SubmittedDossier:
    draft = locked_draft(key)
    if draft.dossier_id is not None:
        return _answer(Dossier.objects.get(pk=draft.dossier_id), key, already=True)
    if not draft.phone or draft.phone_confirmed_at is None:
        raise DomainError("filing.phone_missing", "Chưa xác nhận số điện thoại.", "phone")
    intake = intake_of_draft(draft)
    check_words(intake)
    frame = frame_at(actor=PUBLIC_ACTOR, unit_id=draft.unit_id or 0, intake=intake, now=now)
    dossier, lines = _rows(frame, key, now)
    day = now.date()
    policy, holder = frame.rules.policy.acts, str(dossier.receiving_unit_id)
    serial = next_number(kind="dossier", holder=holder, period=serial_period(policy, day))
    dossier.code = format_dossier_code(ordered_unit_code(policy, frame.terms.desk.org_code), day, serial)
    dossier.save(force_insert=True)
    for line in lines:
        line.dossier = dossier
    ChecklistLine.objects.bulk_create(lines)
    FiledPaper.objects.filter(draft=draft).update(dossier=dossier, draft=None)
    _close(draft, dossier, now)
    tell_submitted(dossier, EventKind.SUBMITTED, frame.rules, from_status="", now=now)
    return _answer(dossier, key)


def _rows(frame: Frame, key: uuid.UUID, now: datetime) -> tuple[Dossier, list[ChecklistLine]]:
    papers = settle_papers(frame.terms.papers, frame.intake.checklist)
    applicant = _applicant(frame.intake, now)
    dossier = Dossier(
        status=Status.SUBMITTED,
        owner_unit=frame.terms.desk,
        ruleset_id=frame.rules.ruleset_id,
        submitted_at=now,
        check_due_at=submission_check_due_at(now, frame.calendar, frame.rules.policy),
        intake_key=str(key),
        intake_digest="",
        **filed_columns(frame, applicant),
    )
    set_next_reminder(dossier, now=now, calendar=frame.calendar, policy=frame.rules.policy)
    return dossier, checklist_of(papers)


def _applicant(intake: IntakeData, now: datetime) -> Applicant:
    try:
        return settle_applicant(intake=intake, now=now)
    except DomainError as error:
        if error.code not in _MISMATCHES:
            raise
        code, message = _MISMATCHES[error.code]
        raise DomainError(code, message, error.field, status=409) from None


def _close(draft: FilingDraft, dossier: Dossier, now: datetime) -> None:
    """The draft keeps only its key and where it led."""
    draft.dossier, draft.content, draft.phone, draft.updated_at = dossier, "", "", now
    draft.save(update_fields=["dossier", "content", "phone", "phone_index", "updated_at"])


def _answer(dossier: Dossier, key: uuid.UUID, *, already: bool = False) -> SubmittedDossier:
    assert dossier.check_due_at is not None, "every submitted dossier has one"
    return SubmittedDossier(dossier.pk, dossier.code, dossier.check_due_at, key, already)


def tell_submitted(dossier: Dossier, kind: EventKind, rules: RulesInForce, *, from_status: str, now: datetime) -> None:
    """The event of what a citizen sent in, and the message that it has come."""
    due = dossier.check_due_at.isoformat() if dossier.check_due_at else None
    data: dict[str, Any] = {"check_due_at": due}
    record_event(dossier=dossier, kind=kind, actor=PUBLIC_ACTOR, at=now, from_status=from_status, data=data)
    notify_applicant(
        dossier=dossier,
        event=NoticeEvent.SUBMISSION_RECEIVED,
        now=now,
        more={"hours": str(rules.policy.reminders.submission_check_working_hours)},
    )
