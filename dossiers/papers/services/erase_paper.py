"""Erase a paper at its owner's wish (NĐ 13/2023 art. 16): its content and what was read from it; that it was stays.

The owner, or those who keep the store. What the law bids to keep is refused with its ground: a paper kept by sector
law, and one that a dossier was decided on.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.papers.constants import Basis, PaperEventKind, PaperSource, PaperState
from dossiers.papers.models import Paper, PaperUse, PaperVersion, ShareCode, StoredFile
from dossiers.papers.permissions import ERASE
from dossiers.papers.services.locking import check_reason, lock_paper, refuse_stale
from dossiers.papers.services.recording import record_paper_event
from dossiers.papers.services.removing import let_go
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict


@transaction.atomic
def erase_paper(
    *, actor: Actor, paper_id: int, reason: str, row_version: int | None = None, now: datetime | None = None
) -> Paper:
    """The empty paper. Raises NotAllowed, NotFound, DomainError paper.reason_missing, Conflict paper.kept_by_law,
    .in_dossier, .changed."""
    if actor.person_id is None:
        actor.require(ERASE)
    told = check_reason(reason)
    paper = lock_paper(actor=actor, paper_id=paper_id)
    refuse_stale(paper, row_version)
    _check(paper)
    moment = now or clock.now()
    _empty(paper, moment)
    record_paper_event(paper_id=paper.pk, kind=PaperEventKind.ERASED, actor=actor, at=moment, note=told)
    return paper


def _check(paper: Paper) -> None:
    if paper.state == PaperState.ERASED:
        raise Conflict("paper.wrong_state", "Giấy tờ đã được xóa khỏi kho.")
    wished = paper.basis == Basis.CONSENT or paper.source == PaperSource.UPLOADED or paper.state == PaperState.PENDING
    if not wished:
        raise Conflict(
            "paper.kept_by_law",
            "Giấy tờ này được lưu theo pháp luật chuyên ngành nên không xóa được (Nghị định 13/2023, Điều 16).",
        )
    if PaperUse.objects.filter(version__paper=paper).exists():
        raise Conflict("paper.in_dossier", "Giấy tờ đã được dùng để giải quyết hồ sơ nên phải lưu cùng hồ sơ.")


def _empty(paper: Paper, now: datetime) -> None:
    versions = PaperVersion.objects.filter(paper=paper)
    held = set(versions.values_list("original_id", flat=True)) | set(versions.values_list("shown_id", flat=True))
    versions.update(text="", signature={})
    ShareCode.objects.filter(paper=paper, revoked_at__isnull=True).update(revoked_at=now)
    paper.number, paper.fields, paper.state, paper.erased_at = "", "", PaperState.ERASED, now
    paper.row_version += 1
    paper.save(update_fields=["number", "number_index", "fields", "state", "erased_at", "row_version"])
    let_go(list(StoredFile.objects.filter(pk__in=held)), now=now)
