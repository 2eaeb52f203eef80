"""The first step of every act on a paper: lock the row, then check state and version."""

from __future__ import annotations

from collections.abc import Iterable

from dossiers.papers.constants import PaperState
from dossiers.papers.models import Paper
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotFound

REASON_LENGTH_MAX = 1000


def lock_paper(*, actor: Actor, paper_id: int) -> Paper:
    """The row, locked, with its type; NotFound paper.not_found for what the actor cannot see."""
    rows = Paper.objects.visible_to(actor).select_related("type")
    paper = rows.select_for_update(no_key=True, of=("self",)).filter(pk=paper_id).first()
    if paper is None:
        raise NotFound("Không tìm thấy giấy tờ này trong kho.", code="paper.not_found")
    return paper


def check_state(paper: Paper, allowed: Iterable[PaperState]) -> None:
    """Conflict paper.wrong_state when the paper has moved on."""
    if paper.state not in set(allowed):
        raise Conflict("paper.wrong_state", f"Giấy tờ đang ở trạng thái “{PaperState(paper.state).label}”.")


def refuse_stale(paper: Paper, row_version: int | None) -> None:
    """Conflict paper.changed unless the caller saw the row as it is now."""
    if row_version is not None and row_version != paper.row_version:
        raise Conflict("paper.changed", "Giấy tờ vừa được người khác xử lý. Xin xem lại rồi làm tiếp.")


def check_reason(reason: str) -> str:
    """The reason as it is kept; DomainError paper.reason_missing."""
    told = reason.strip()[:REASON_LENGTH_MAX]
    if not told:
        raise DomainError("paper.reason_missing", "Phải ghi lý do.", "reason")
    return told
