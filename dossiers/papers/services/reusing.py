"""What every re-use of a paper must pass (domain.md §7.5), whichever act it is: its rules, and its content proven.

Helpers of acts; the rules are asked with the paper locked, so that it is neither revoked nor erased meanwhile.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings

from dossiers.papers.models import Paper, PaperVersion
from dossiers.papers.rules.reuse import DAMAGED, why_not
from dossiers.papers.selectors.held import standing_of
from dossiers.papers.services.reading import read_file
from dossiers.papers.services.signatures import check_still_signed
from haddong_portal.common.errors import Conflict


def check_usable(paper: Paper, version: PaperVersion, *, consented: bool | None = None, now: datetime) -> None:
    """Conflict with the code of the ground against it: paper.single_use, .expired, .revoked, .unsigned, .no_consent, …

    `consented`: whether the owner agreed, asked for now when it is not known.
    """
    if paper.type.single_use:
        raise Conflict("paper.single_use", f"“{paper.type.name}” chỉ dùng cho một việc, không dùng lại cho việc khác.")
    standing = standing_of(paper, version, consented=consented)
    ground = why_not(standing, on=now.date(), trust_min=settings.PAPERS_TRUST_MIN)
    if ground is not None:
        raise Conflict(ground.code, ground.sentence)


def prove_content(version: PaperVersion, *, now: datetime) -> None:
    """The original read in full: its hash unchanged, its signature still good. Raises the refusals of `read_file`,
    Conflict paper.damaged and paper.bad_signature."""
    content = read_file(version.original, now=now)
    if hashlib.sha256(content).hexdigest() != version.sha256:
        raise Conflict(DAMAGED.code, DAMAGED.sentence)
    check_still_signed(version, content, now=now)
