"""A citizen adds a paper of their own to their store: checked, declared, on the ground of their consent.

The signed-in person for themselves. The paper waits (PENDING) until a clerk has compared it with the original.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import IO

from django.conf import settings

from dossiers.papers.constants import Basis, OwnerRef, PaperSource, Trust
from dossiers.papers.models import Paper
from dossiers.papers.services.paper_data import FileContent, PaperData
from dossiers.papers.services.store_paper import store_paper
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotAllowed
from haddong_portal.common.files.check import check_file

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OwnUpload:
    """What the person says of the paper, and its file as it came."""

    type_code: str
    name: str
    file: IO[bytes]
    number: str = ""
    issuer_name: str = ""
    issued_on: date | None = None


def upload_own_paper(*, actor: Actor, upload: OwnUpload, now: datetime | None = None) -> Paper:
    """The paper. Raises NotAllowed, DomainError own_paper.too_many (429), file.* and the refusals of `store_paper`."""
    if actor.person_id is None:
        raise NotAllowed()
    moment, owner = now or clock.now(), OwnerRef(person_id=actor.person_id)
    _check_pace(owner, moment)
    data = PaperData(
        owner=owner,
        type_code=upload.type_code,
        source=PaperSource.UPLOADED,
        trust=Trust.DECLARED,
        number=upload.number,
        issuer_name=upload.issuer_name,
        issued_on=upload.issued_on,
        basis=Basis.CONSENT,
    )
    return store_paper(actor=actor, data=data, content=_checked(upload), now=moment)


def _checked(upload: OwnUpload) -> FileContent:
    """The file with the copy that people see. Raises DomainError file.*: nothing dangerous or unread is kept."""
    original = upload.file.read(settings.UPLOAD_MAX_BYTES + 1)
    verdict = check_file(original, name=upload.name)
    if verdict.shown is None:
        raise DomainError(verdict.code, verdict.sentence, "file", status=verdict.status)
    return FileContent(
        original=original,
        shown=verdict.shown,
        content_type=verdict.content_type,
        page_count=max(verdict.pages, 1),
        image_count=verdict.images,
        sha256=verdict.sha256,
    )


def _check_pace(owner: OwnerRef, now: datetime) -> None:
    rows = Paper.objects.of(owner).filter(source=PaperSource.UPLOADED, created_at__gt=now - DAY)
    if rows.count() >= settings.OWN_UPLOADS_PER_DAY_MAX:
        raise DomainError(
            "own_paper.too_many", "Hôm nay đã tải lên nhiều giấy tờ. Xin tải tiếp vào ngày mai.", status=429
        )
