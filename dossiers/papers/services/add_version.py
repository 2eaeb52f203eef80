"""Add a version to a paper: scanned better, or signed now. Staff who may store; the versions before it stay.

Writes the version, the paper's current one (and its trust, when a signature raised it) and one event.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.papers.constants import LIVE, PaperEventKind, Trust
from dossiers.papers.models import Paper, PaperVersion
from dossiers.papers.permissions import STORE
from dossiers.papers.services.locking import check_state, lock_paper, refuse_stale
from dossiers.papers.services.paper_data import FileContent, check_signed
from dossiers.papers.services.recording import record_paper_event
from dossiers.papers.services.versions import make_version
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.blobs.marks import mark_of
from haddong_portal.common.errors import Conflict
from haddong_portal.common.update import update_row


@transaction.atomic
def add_version(
    *,
    actor: Actor,
    paper_id: int,
    content: FileContent,
    trust: str | None = None,
    row_version: int | None = None,
    now: datetime | None = None,
) -> PaperVersion:
    """The version, current from now on. `trust`: what the paper is worth with it when that is more than before.

    Raises Conflict paper.wrong_state, .changed, .same_file; DomainError paper.not_signed and those of `keep_files`.
    """
    actor.require(STORE)
    paper = lock_paper(actor=actor, paper_id=paper_id)
    refuse_stale(paper, row_version)
    check_state(paper, LIVE)
    worth = max(Trust(paper.trust), Trust(trust or paper.trust), key=lambda one: one.rank)
    check_signed(worth, content.signature_state)
    before = PaperVersion.objects.select_related("original").filter(paper=paper).defer("text").latest("serial")
    if before.original.mark == mark_of(content.original):
        raise Conflict("paper.same_file", "Tệp này chính là bản đang có trong kho.", "file")
    moment = now or clock.now()
    version = make_version(paper=paper, content=content, serial=before.serial + 1, actor=actor, now=moment)
    _make_current(paper, version, worth)
    record_paper_event(
        paper_id=paper.pk,
        kind=PaperEventKind.VERSION_ADDED,
        actor=actor,
        at=moment,
        data={"version": version.serial, "trust": paper.trust, "pages": version.page_count},
    )
    return version


def _make_current(paper: Paper, version: PaperVersion, trust: str) -> None:
    paper.current_version, paper.trust, paper.row_version = version, trust, paper.row_version + 1
    update_row(paper, ("current_version", "trust", "row_version"))
