"""A clerk answers what an owner says is wrong on a paper: put right by another act (a new version, a replacement), or
why it stays. Staff who may store, of the unit that issued or stored it; of any desk for what its owner uploaded.

Writes the request and one event; the owner reads the answer beside the paper.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.papers.constants import CorrectionOutcome, PaperEventKind
from dossiers.papers.models import PaperCorrection
from dossiers.papers.permissions import STORE
from dossiers.papers.selectors.corrections import mine
from dossiers.papers.services.recording import record_paper_event
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotFound
from haddong_portal.common.text import clean_text

ANSWER_MAX = 1000


@transaction.atomic
def answer_correction(
    *, actor: Actor, correction_id: int, outcome: str, answer: str, now: datetime | None = None
) -> PaperCorrection:
    """The answered request. Raises NotAllowed, NotFound correction.not_found, DomainError correction.outcome,
    .answer_missing, Conflict correction.answered."""
    actor.require(STORE)
    told, moment = clean_text(answer)[:ANSWER_MAX], now or clock.now()
    if outcome not in CorrectionOutcome.values:
        raise DomainError("correction.outcome", "Chưa chọn kết quả.", "outcome")
    if not told:
        raise DomainError("correction.answer_missing", "Phải trả lời người đề nghị.", "answer")
    rows = mine(actor, PaperCorrection.objects.select_for_update(no_key=True, of=("self",)))
    row = rows.filter(pk=correction_id).first()
    if row is None:
        raise NotFound("Không tìm thấy đề nghị này.", code="correction.not_found")
    if row.answered_at is not None:
        raise Conflict("correction.answered", "Đề nghị này vừa được người khác trả lời.")
    row.outcome, row.answer, row.answered_at = outcome, told, moment
    row.answered_by_id, row.unit_id = actor.user_id, actor.unit_id
    row.save(update_fields=["outcome", "answer", "answered_at", "answered_by", "unit"])
    record_paper_event(
        paper_id=row.paper_id,
        kind=PaperEventKind.CORRECTION_ANSWERED,
        actor=actor,
        at=moment,
        data={"correction": row.pk, "outcome": outcome},
    )
    return row
