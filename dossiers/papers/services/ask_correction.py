"""An owner says that something on a paper of theirs is wrong (ND13-2023-D15). The signed-in owner alone.

Writes the request and one event; the paper counts as before until a clerk has looked.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from dossiers.papers.constants import LIVE, PaperEventKind
from dossiers.papers.models import PaperCorrection
from dossiers.papers.services.locking import check_state
from dossiers.papers.services.make_share_code import lock_own_paper
from dossiers.papers.services.recording import record_paper_event
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError
from haddong_portal.common.text import clean_text

WORDS_MAX = 1000


@transaction.atomic
def ask_correction(*, actor: Actor, public_id: UUID, words: str, now: datetime | None = None) -> PaperCorrection:
    """The open request. Raises NotAllowed, NotFound paper.not_found, DomainError correction.words_missing, Conflict
    paper.wrong_state, correction.open_already."""
    told, moment = clean_text(words)[:WORDS_MAX], now or clock.now()
    if not told:
        raise DomainError("correction.words_missing", "Xin ghi chỗ sai và thông tin đúng.", "words")
    paper = lock_own_paper(actor, public_id)
    check_state(paper, LIVE)
    if PaperCorrection.objects.filter(paper=paper, answered_at__isnull=True).exists():
        raise Conflict("correction.open_already", "Đề nghị trước về giấy tờ này còn chờ trả lời.", "words")
    row = PaperCorrection(paper=paper, words=told, asked_at=moment)
    row.save(force_insert=True)
    record_paper_event(
        paper_id=paper.pk,
        kind=PaperEventKind.CORRECTION_ASKED,
        actor=actor,
        at=moment,
        data={"correction": row.pk},
    )
    return row
