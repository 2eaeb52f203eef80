"""An owner takes a share code back. The signed-in owner alone; writes `revoked_at` and one event."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from dossiers.papers.constants import PaperEventKind
from dossiers.papers.models import ShareCode
from dossiers.papers.services.make_share_code import lock_own_paper
from dossiers.papers.services.recording import record_paper_event
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound
from haddong_portal.common.update import update_row


@transaction.atomic
def revoke_share_code(*, actor: Actor, public_id: UUID, share_id: int, now: datetime | None = None) -> None:
    """Twice is once. Raises NotAllowed, NotFound paper.not_found, share.not_found."""
    moment = now or clock.now()
    paper = lock_own_paper(actor, public_id)
    share = ShareCode.objects.select_for_update(no_key=True).filter(pk=share_id, paper=paper).first()
    if share is None:
        raise NotFound("Không tìm thấy mã chia sẻ này.", code="share.not_found")
    if share.revoked_at is not None:
        return
    share.revoked_at = moment
    update_row(share, ("revoked_at",))
    record_paper_event(
        paper_id=paper.pk, kind=PaperEventKind.SHARE_ENDED, actor=actor, at=moment, data={"share": share.pk}
    )
