"""Revoke an issued result: from now on whoever verifies it is told that it counts no longer, since when and why.

Leaders and heads of the desk of the unit that issued it. Writes the paper and its event (papers.revoke_paper), the
dossier's event and a message to the applicant, who may not rely on the paper any more.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind
from dossiers.models import Dossier, ResultFile
from dossiers.papers.models import Paper
from dossiers.papers.permissions import REVOKE
from dossiers.papers.services.revoke_paper import revoke_paper
from dossiers.services.locking import lock_visible
from dossiers.services.notifying import REASON_TOLD_MAX, notify_applicant
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound
from haddong_portal.notices.constants import NoticeEvent

RESULT_TOLD_MAX = 200


@transaction.atomic
def revoke_result(*, actor: Actor, code: str, result_id: int, reason: str, now: datetime | None = None) -> Paper:
    """The revoked paper. Raises NotAllowed, NotFound result.not_found for what is not visible or was not issued,
    and the refusals of `revoke_paper`."""
    actor.require(REVOKE)
    visible = Dossier.objects.visible_to(actor).filter(code=code)
    rows = ResultFile.objects.select_related("paper_version").filter(pk=result_id, dossier__in=visible)
    result = rows.first()
    if result is None or result.paper_version is None:
        raise NotFound("Không tìm thấy kết quả đã phát hành này.", code="result.not_found")
    moment = clock.local(now or clock.now())
    dossier = lock_visible(actor, result.dossier_id)
    paper = revoke_paper(actor=actor, paper_id=result.paper_version.paper_id, reason=reason, now=moment)
    save_columns(dossier, (), now=moment)
    _tell(dossier, result, paper, actor, moment)
    return paper


def _tell(dossier: Dossier, result: ResultFile, paper: Paper, actor: Actor, now: datetime) -> None:
    """The dossier's story, then the applicant: once for each revoked result."""
    named = f"{result.name} số {result.number}" if result.number else result.name
    record_event(
        dossier=dossier,
        kind=EventKind.RESULT_REVOKED,
        actor=actor,
        at=now,
        from_status=dossier.status,
        note=f"{named}. Lý do: {paper.revoked_reason}",
        data={"result_id": result.pk, "paper_id": paper.pk},
    )
    notify_applicant(
        dossier=dossier,
        event=NoticeEvent.RESULT_REVOKED,
        rule=f"{NoticeEvent.RESULT_REVOKED}:{result.pk}",
        now=now,
        more={"result": named[:RESULT_TOLD_MAX], "reason": paper.revoked_reason[:REASON_TOLD_MAX]},
    )
