"""Files for what was asked for: a citizen adds them one by one, changes their mind, and sends them together.

Whoever has proven the dossier's phone, while it waits for papers. Writes files only; `resubmit_online` and
`send_supplement` are the acts.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from dossiers.constants import Status
from dossiers.models import Dossier, FiledPaper
from dossiers.rules.lifecycle import Command
from dossiers.selectors.asked_papers import AskedPapers, asked_papers
from dossiers.services.filed_papers import read_paper, store_paper
from dossiers.services.own_dossier import Proof, lock_own
from dossiers.services.result_content import ResultContent
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError


def add_asked_paper(
    *, proof: Proof, requirement_id: int, file: UploadedFile[Any], now: datetime | None = None
) -> FiledPaper:
    """Raises filing.unpublished for what was not asked for, and what `read_paper` and `store_paper` raise; the limits
    count what was given since the request."""
    content = read_paper(file, requirement_id)
    return keep_asked_paper(
        proof=proof, requirement_id=requirement_id, content=content, name=file.name or "", now=now or clock.now()
    )


@transaction.atomic
def keep_asked_paper(
    *, proof: Proof, requirement_id: int, content: ResultContent, name: str, now: datetime
) -> FiledPaper:
    """The same for a file that was read already; raises filing.unpublished and what `store_paper` raises."""
    dossier = lock_own(proof=proof, command=command_for(proof), now=now)
    asked = asked_papers(dossier)
    if requirement_id not in asked.by_requirement:
        raise DomainError("filing.unpublished", "Giấy tờ này không có trong phiếu yêu cầu bổ sung.")
    return store_paper(
        content=content, name=name, requirement_id=requirement_id, present=asked.given, now=now, dossier=dossier
    )


@transaction.atomic
def remove_asked_paper(*, proof: Proof, paper_id: int, now: datetime | None = None) -> None:
    """Only what was given since the request; nothing happens for another file."""
    dossier = lock_own(proof=proof, command=command_for(proof), now=now or clock.now())
    for paper in asked_papers(dossier).given:
        if paper.pk == paper_id:
            paper.delete()


def command_for(proof: Proof) -> Command:
    """A filing that was never accepted is filed again, an accepted dossier supplemented."""
    accepted = Dossier.objects.filter(code=proof.code, accepted_at__isnull=False).exists()
    return Command.SEND_SUPPLEMENT if accepted else Command.RESUBMIT


def refuse_missing(asked: AskedPapers) -> None:
    """DomainError filing.lines_missing, naming what has no file yet."""
    if asked.missing:
        names = "; ".join(line.name for line in asked.missing)[:300]
        raise DomainError("filing.lines_missing", f"Còn thiếu: {names}.", "papers")


def refuse_other_states(dossier: Dossier, *, accepted: bool) -> None:
    """The two acts share a state; whether the dossier was accepted tells them apart."""
    assert dossier.status == Status.WAIT_SUPPLEMENT, "checked against the table of moves"
    if (dossier.accepted_at is not None) != accepted:
        raise DomainError("filing.other_way", "Hồ sơ vừa được xử lý. Xin mở lại trang tra cứu.", status=409)
