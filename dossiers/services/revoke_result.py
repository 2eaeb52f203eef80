"""Revoke an issued result: from now on whoever verifies it is told that it counts no longer, since when and why.

Leaders and heads of the desk of the unit that issued it. Writes the paper and its event (papers.revoke_paper).
"""

from __future__ import annotations

from datetime import datetime

from dossiers.models import Dossier, ResultFile
from dossiers.papers.models import Paper
from dossiers.papers.permissions import REVOKE
from dossiers.papers.services.revoke_paper import revoke_paper
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound


def revoke_result(*, actor: Actor, code: str, result_id: int, reason: str, now: datetime | None = None) -> Paper:
    """The revoked paper. Raises NotAllowed, NotFound result.not_found for what is not visible or was not issued,
    and the refusals of `revoke_paper`."""
    actor.require(REVOKE)
    visible = Dossier.objects.visible_to(actor).filter(code=code)
    rows = ResultFile.objects.select_related("paper_version").filter(pk=result_id, dossier__in=visible)
    result = rows.first()
    if result is None or result.paper_version is None:
        raise NotFound("Không tìm thấy kết quả đã phát hành này.", code="result.not_found")
    return revoke_paper(actor=actor, paper_id=result.paper_version.paper_id, reason=reason, now=now)
