"""Report lost or spoilt papers of a dossier: T16 (NĐ 61/2018 art. 21): apology, and the agency makes them again.

Staff of a unit that received, holds, handles or signs the dossier, while they keep its papers. Writes the report, the
letter in the head's name, one event and a message. The clock runs on: the loss is the agency's.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind
from dossiers.documents.apology import ApologyKind
from dossiers.documents.parts import dong
from dossiers.models import DossierEvent, LossReport
from dossiers.rules.lifecycle import Command
from dossiers.selectors.act_rules import concerns
from dossiers.services.apologising import AT_OUR_COST, apologise
from dossiers.services.locking import lock_where, refuse_stale
from dossiers.services.notifying import notify_applicant
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import clean_text
from haddong_portal.notices.constants import NoticeEvent

PAPERS_TOLD_MAX = 200
COST_MAX_VND = 1_000_000_000


@transaction.atomic
def report_loss(
    *,
    actor: Actor,
    dossier_id: int,
    what: str,
    reason: str,
    remedy: str,
    cost_vnd: int = 0,
    row_version: int | None = None,
    now: datetime | None = None,
) -> DossierEvent:
    """The event. `cost_vnd` is what the agency pays, 0 when not known yet. Raises DomainError loss.what_missing,
    .reason_missing, .remedy_missing, .cost, apology.no_head."""
    _check(what, reason, remedy, cost_vnd)
    dossier = lock_where(
        actor=actor,
        command=Command.REPORT_LOSS,
        dossier_id=dossier_id,
        fits=concerns,
        refusal="Chỉ đơn vị tiếp nhận, giải quyết hoặc ký hồ sơ này được báo mất giấy tờ.",
    )
    refuse_stale(dossier, row_version)
    moment, papers = clock.local(now or clock.now()), clean_text(what)
    cost = f"Cơ quan chịu chi phí làm lại giấy tờ: {dong(cost_vnd)} đồng." if cost_vnd else AT_OUR_COST
    told = f"{papers}. {reason.strip()}"
    slip = apologise(
        dossier, kind=ApologyKind.LOST_PAPERS, reason=told, remedy=remedy.strip(), cost=cost, actor=actor, now=moment
    )
    report = LossReport(
        dossier=dossier,
        what=papers,
        reason=reason.strip()[:1000],
        remedy=remedy.strip()[:1000],
        cost_vnd=cost_vnd,
        slip=slip,
        reported_by_id=actor.user_id or 0,
        reported_at=moment,
    )
    report.save(force_insert=True)
    save_columns(dossier, (), now=moment)
    event = record_event(
        dossier=dossier,
        kind=EventKind.LOSS_REPORTED,
        actor=actor,
        at=moment,
        from_status=dossier.status,
        note=f"{papers}. Khắc phục: {remedy.strip()}",
        data={"loss_id": report.pk, "slip_id": slip.pk, "cost_vnd": cost_vnd},
    )
    notify_applicant(
        dossier=dossier,
        event=NoticeEvent.PAPERS_LOST,
        now=moment,
        more={"papers": papers[:PAPERS_TOLD_MAX]},
    )
    return event


def _check(what: str, reason: str, remedy: str, cost_vnd: int) -> None:
    if not what.strip():
        raise DomainError("loss.what_missing", "Phải ghi giấy tờ nào bị mất, hỏng.", "what")
    if not reason.strip():
        raise DomainError("loss.reason_missing", "Phải ghi nguyên nhân.", "reason")
    if not remedy.strip():
        raise DomainError("loss.remedy_missing", "Phải ghi cách khắc phục.", "remedy")
    if not 0 <= cost_vnd <= COST_MAX_VND:
        raise DomainError("loss.cost", "Chi phí làm lại không đúng.", "cost_vnd")
