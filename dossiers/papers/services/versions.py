"""Write a version of a paper with its two files; inside the act's transaction, with the paper locked or new."""

from __future__ import annotations

from datetime import datetime

from dossiers.papers.constants import OwnerRef, SignatureState
from dossiers.papers.models import Paper, PaperVersion
from dossiers.papers.services.keeping import keep_files
from dossiers.papers.services.paper_data import FileContent
from dossiers.papers.services.signatures import with_signature
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError


def make_version(*, paper: Paper, content: FileContent, serial: int, actor: Actor, now: datetime) -> PaperVersion:
    """The version; the caller makes it the current one. A signed file's signatures are verified on the way in.

    Raises DomainError paper.no_pages, paper.not_signed and those of `keep_files`.
    """
    if content.page_count < 1:
        raise DomainError("paper.no_pages", "Tệp không có trang nào.", "file")
    claimed = content.signature_state
    content = with_signature(content, now=now)
    if claimed == SignatureState.VALID != content.signature_state:
        raise DomainError("paper.not_signed", "Chữ ký số trên tệp không hợp lệ.", "trust")
    original, shown = keep_files((content.original, content.shown), now=now)
    version = PaperVersion(
        paper=paper,
        serial=serial,
        original=original,
        shown=shown,
        content_type=content.content_type,
        sha256=content.sha256,
        page_count=content.page_count,
        page_count_declared=content.page_count_declared,
        image_count=content.image_count,
        signature_state=content.signature_state,
        signature=dict(content.signature),
        text=content.text,
        scanner=content.scanner[:100],
        note_pair_of_id=content.note_pair_of_id,
        made_by_id=actor.user_id,
        made_at=now,
    )
    version.save(force_insert=True)
    return version


def owner_of(paper: Paper) -> OwnerRef:
    """Whose paper."""
    return OwnerRef(person_id=paper.owner_person_id, organisation_id=paper.owner_organisation_id)
