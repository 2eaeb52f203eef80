"""Answer what another unit asked, or decline with the reason: T7 (NĐ 61/2018 art. 19.5).

Officers and leaders of the asked unit. Of two who answer at once, one does and the other is told who. Writes the
OpinionRequest, one event, a message to whoever holds the dossier; with the last answer the dossier goes on.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from dossiers.constants import EventKind, IntervalKind, Status
from dossiers.models import Dossier, DossierEvent, OpinionRequest
from dossiers.permissions import RIGHT_OF
from dossiers.rules.asking import STANCE_LABELS, Stance, late_minutes
from dossiers.rules.lifecycle import Command
from dossiers.services.locking import check_state, current_run
from dossiers.services.notifying import reference_of
from dossiers.services.pausing import go_on_from
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from dossiers.services.side_work import let_go_of_readers, state_beside
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.dates import moment_text
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed, NotFound
from haddong_portal.notices.constants import NoticeEvent
from haddong_portal.notices.services.queue_staff_notice import queue_staff_notice


@transaction.atomic
def answer_opinion(
    *, actor: Actor, dossier_id: int, stance: str, answer: str, now: datetime | None = None
) -> DossierEvent:
    """The event. `answer` is the opinion, or why there is none. Raises DomainError opinion.answer_missing, .stance,
    Conflict opinion.answered or .closed, NotAllowed opinion.not_asked."""
    dossier, opinion = _lock(actor, dossier_id)
    moment, words = clock.local(now or clock.now()), answer.strip()
    said = _said(stance, words)
    opinion.answer, opinion.declined = words, said == Stance.DECLINE
    opinion.agrees = None if opinion.declined else said == Stance.AGREE
    opinion.answered_by_id, opinion.answered_at = actor.user_id, moment
    opinion.late_minutes = late_minutes(
        due_at=opinion.due_at, answered_at=moment, calendar=work_calendar_for(opinion.unit_id)
    )
    opinion.save(update_fields=["answer", "declined", "agrees", "answered_by", "answered_at", "late_minutes"])
    columns = ["status"]
    if opinion.declined and let_go_of_readers(dossier, [opinion.unit_id]):
        columns.append("reader_unit_ids")
    dossier.status = state_beside(dossier)
    if dossier.status != Status.CONSULTING:
        run, reason = current_run(dossier), "đã có đủ ý kiến"
        columns += go_on_from(dossier, IntervalKind.CONSULTATION, run, reason=reason, actor=actor, now=moment)
    save_columns(dossier, columns, now=moment)
    event = record_event(
        dossier=dossier,
        kind=EventKind.OPINION_ANSWERED,
        actor=actor,
        at=moment,
        from_status=Status.CONSULTING,
        note=f"{STANCE_LABELS[said]}: {words}",
        data={"opinion_id": opinion.pk, "stance": said.value, "late_minutes": opinion.late_minutes},
    )
    _tell(dossier, opinion, said, actor, moment)
    return event


def _lock(actor: Actor, dossier_id: int) -> tuple[Dossier, OpinionRequest]:
    """The dossier locked, and what the actor's unit was asked and has not answered."""
    actor.require(RIGHT_OF[Command.ANSWER_OPINION])
    rows = Dossier.objects.visible_to(actor).select_for_update(no_key=True, of=("self",))
    dossier = rows.filter(pk=dossier_id).first()
    asked = OpinionRequest.objects.filter(dossier=dossier_id, unit_id__in=actor.unit_ids).select_related("answered_by")
    opinion = asked.order_by("-id").first()
    if opinion is not None:
        _refuse_ended(opinion)  # first: with it the unit may have lost the right to read
    if dossier is None:
        raise NotFound("Không tìm thấy hồ sơ này.", code="dossier.not_found")
    check_state(Command.ANSWER_OPINION, dossier)
    if opinion is None:
        raise NotAllowed("Đơn vị của ông/bà không được hỏi ý kiến về hồ sơ này.", code="opinion.not_asked")
    return dossier, opinion


def _refuse_ended(opinion: OpinionRequest) -> None:
    if opinion.answered_at is not None:
        name, when = str(opinion.answered_by), moment_text(opinion.answered_at)
        raise Conflict("opinion.answered", f"{name} đã trả lời ý kiến này lúc {when}.", data={"by": name})
    if opinion.closed_at is not None:
        when = moment_text(opinion.closed_at)
        raise Conflict("opinion.closed", f"Đơn vị giải quyết đã thôi chờ ý kiến này lúc {when}.")


def _said(stance: str, words: str) -> Stance:
    if stance not in set(Stance):
        raise DomainError("opinion.stance", "Chưa chọn đồng ý, không đồng ý hay từ chối cho ý kiến.", "stance")
    if not words:
        raise DomainError("opinion.answer_missing", "Phải ghi nội dung ý kiến, hoặc lý do từ chối.", "answer")
    return Stance(stance)


def _tell(dossier: Dossier, opinion: OpinionRequest, said: Stance, actor: Actor, now: datetime) -> None:
    """Whoever holds the dossier now; else whoever asked."""
    queue_staff_notice(
        user_id=dossier.officer_id or opinion.asked_by_id,
        reference=reference_of(dossier.pk),
        rule=f"opinion_answered:{opinion.pk}",
        event=NoticeEvent.OPINION_ANSWERED,
        facts={
            "code": dossier.code,
            "procedure": dossier.procedure_name,
            "unit": actor.unit_name,
            "answer": STANCE_LABELS[said].lower(),
            "link": reverse("dossiers:dossier", args=[dossier.code]),
        },
        unit_id=dossier.owner_unit_id,
        now=now,
    )
