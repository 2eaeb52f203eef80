"""Revoke a paper: whoever issued or digitised it says that it counts no longer. Heads of the desk and leaders.

Writes the paper and one event; whoever verifies it from now on is told so.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.papers.constants import LIVE, PaperEventKind, PaperState
from dossiers.papers.models import Paper
from dossiers.papers.permissions import REVOKE
from dossiers.papers.services.locking import check_reason, check_state, lock_paper, refuse_stale
from dossiers.papers.services.recording import record_paper_event
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotAllowed
from haddong_portal.common.update import update_row


@transaction.atomic
def revoke_paper(
    *, actor: Actor, paper_id: int, reason: str, row_version: int | None = None, now: datetime | None = None
) -> Paper:
    """The paper. Raises NotAllowed paper.other_unit for what another unit put in, DomainError paper.reason_missing,
    Conflict paper.wrong_state, .changed."""
    actor.require(REVOKE)
    told = check_reason(reason)
    paper = lock_paper(actor=actor, paper_id=paper_id)
    refuse_stale(paper, row_version)
    check_state(paper, LIVE)
    if not actor.sees_all_units and not {paper.unit_id, paper.issuer_unit_id} & actor.unit_ids:
        raise NotAllowed("Chỉ đơn vị cấp hoặc đưa giấy tờ vào kho được thu hồi.", code="paper.other_unit")
    moment = now or clock.now()
    paper.state, paper.revoked_at, paper.revoked_reason = PaperState.REVOKED, moment, told
    paper.revoked_by_id = actor.user_id
    paper.row_version += 1
    update_row(paper, ("state", "revoked_at", "revoked_reason", "revoked_by", "row_version"))
    record_paper_event(paper_id=paper.pk, kind=PaperEventKind.REVOKED, actor=actor, at=moment, note=told)
    return paper
