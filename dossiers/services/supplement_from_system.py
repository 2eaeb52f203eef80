"""A connected portal sends what its filing was asked for, all papers in one act: filed again, or as a supplement.

The account that filed it. The same acts as the citizen's own page: `keep_asked_paper` for each file, then
`resubmit_online` before acceptance and `send_supplement` after it; all of them, or nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from dossiers.models import Dossier
from dossiers.rules.lifecycle import Command
from dossiers.services.filed_papers import kept_if_done, read_paper
from dossiers.services.filing_data import PaperUpload
from dossiers.services.own_dossier import SystemProof
from dossiers.services.resubmit_online import resubmit_online
from dossiers.services.send_supplement import send_supplement
from dossiers.services.supplement_papers import command_for, keep_asked_paper
from haddong_portal.common import clock


def supplement_from_system(
    *, proof: SystemProof, papers: Sequence[PaperUpload], now: datetime | None = None
) -> Dossier:
    """The dossier. Raises tracking.no_match, filing.unpublished, filing.lines_missing, filing.already_sent,
    dossier.illegal_move and what `read_paper` and `store_paper` raise."""
    moment = clock.local(now or clock.now())
    contents = [read_paper(paper.file, paper.requirement_id) for paper in papers]
    with kept_if_done() as stored, transaction.atomic():
        for paper, content in zip(papers, contents, strict=True):
            stored.append(
                keep_asked_paper(
                    proof=proof,
                    requirement_id=paper.requirement_id,
                    content=content,
                    name=paper.file.name or "",
                    now=moment,
                )
            )
        act = send_supplement if command_for(proof) == Command.SEND_SUPPLEMENT else resubmit_online
        return act(proof=proof, now=moment)
