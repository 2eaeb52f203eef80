"""The rows of a filing from outside: people, dossier with its code, checklist, event and message; no line, no promise.

Helpers of `submit_online` and `file_from_system`, inside their transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dossiers.constants import EventKind, Status
from dossiers.models import ChecklistLine, Dossier
from dossiers.rules.numbering import ordered_unit_code, serial_period
from dossiers.rules.papers import PaperLine, settle_papers
from dossiers.rules.waits import submission_check_due_at
from dossiers.selectors.rulesets import RulesInForce
from dossiers.services.applicants import Applicant, settle_applicant
from dossiers.services.intake_data import IntakeData
from dossiers.services.intake_papers import StorePart, store_part, write_store_part
from dossiers.services.notifying import notify_applicant
from dossiers.services.prepare_intake import Frame, check_words, checklist_of, filed_columns, frame_at
from dossiers.services.recording import record_event
from dossiers.services.reminding import set_next_reminder
from haddong_portal.common.actors import PUBLIC_ACTOR, Actor
from haddong_portal.common.codes import format_dossier_code
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.constants import NoticeEvent
from haddong_portal.plumbing.services.next_number import next_number

# Another request wrote the same key, or the same new applicant, a moment before: starting again finds it.
RACES = ("dossier_filing_key_unique", "person_personal_id_unique", "organisation_tax_code_unique")
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


@dataclass(frozen=True)
class FilingSource:
    """Where a filing comes from: its key and the digest of its content, who sends it (the citizen, or a system)."""

    key: str
    digest: str = ""
    actor: Actor = PUBLIC_ACTOR


def write_filing(*, intake: IntakeData, unit_id: int, source: FilingSource, now: datetime) -> Dossier:
    """The new dossier, SUBMITTED. Raises filing.person_mismatch, filing.organisation_mismatch, filing.sign_in,
    dossier.paper_missing and what an intake raises."""
    check_words(intake)
    frame = frame_at(actor=PUBLIC_ACTOR, unit_id=unit_id, intake=intake, now=now)
    dossier, lines, store = _rows(frame, source, now)
    day = now.date()
    policy, holder = frame.rules.policy.acts, str(dossier.receiving_unit_id)
    serial = next_number(kind="dossier", holder=holder, period=serial_period(policy, day))
    dossier.code = format_dossier_code(ordered_unit_code(policy, frame.terms.desk.org_code), day, serial)
    dossier.save(force_insert=True)
    for line in lines:
        line.dossier = dossier
    if store is not None:
        write_store_part(store, actor=source.actor, code=dossier.code, checklist=lines, now=now)
    ChecklistLine.objects.bulk_create(lines)
    tell_submitted(dossier, EventKind.SUBMITTED, frame.rules, actor=source.actor, from_status="", now=now)
    return dossier


def _rows(frame: Frame, source: FilingSource, now: datetime) -> tuple[Dossier, list[ChecklistLine], StorePart | None]:
    papers = settle_papers(frame.terms.papers, frame.intake.checklist)
    _refuse_signed_out(papers, source.actor)
    applicant = _applicant(frame.intake, now)
    store = store_part(actor=source.actor, lines=papers, applicant=applicant, policy=frame.rules.policy, now=now)
    dossier = Dossier(
        status=Status.SUBMITTED,
        owner_unit=frame.terms.desk,
        ruleset_id=frame.rules.ruleset_id,
        submitted_at=now,
        check_due_at=submission_check_due_at(now, frame.calendar, frame.rules.policy),
        intake_key=source.key,
        intake_digest=source.digest,
        filed_by_id=source.actor.user_id,
        **filed_columns(frame, applicant),
    )
    set_next_reminder(dossier, now=now, calendar=frame.calendar, policy=frame.rules.policy)
    return dossier, checklist_of(papers), store


def _refuse_signed_out(papers: list[PaperLine], actor: Actor) -> None:
    """Papers of a store are used by their owner alone, who may have left meanwhile."""
    if actor.person_id is None and any(line.answer.paper is not None for line in papers):
        raise DomainError(
            "filing.sign_in",
            "Bản khai dùng giấy tờ trong kho. Xin đăng nhập lại ở mục “Giấy tờ của tôi”, hoặc bỏ chọn rồi tải tệp lên.",
            "papers",
            status=403,
        )


def _applicant(intake: IntakeData, now: datetime) -> Applicant:
    try:
        return settle_applicant(intake=intake, now=now)
    except DomainError as error:
        if error.code not in _MISMATCHES:
            raise
        code, message = _MISMATCHES[error.code]
        raise DomainError(code, message, error.field, status=409) from None


def tell_submitted(
    dossier: Dossier, kind: EventKind, rules: RulesInForce, *, actor: Actor, from_status: str, now: datetime
) -> None:
    """The event of what was sent in, and the message that it has come."""
    due = dossier.check_due_at.isoformat() if dossier.check_due_at else None
    data: dict[str, Any] = {"check_due_at": due}
    record_event(dossier=dossier, kind=kind, actor=actor, at=now, from_status=from_status, data=data)
    notify_applicant(
        dossier=dossier,
        event=NoticeEvent.SUBMISSION_RECEIVED,
        now=now,
        more={"hours": str(rules.policy.reminders.submission_check_working_hours)},
    )
