"""What anybody with its code may know of an issued paper: which it is and whether it counts, never whose (masked)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from dossiers.papers.constants import FileState, PaperState
from dossiers.papers.models import Paper, PaperVersion, VerificationCode
from dossiers.papers.rules.masking import masked_name
from dossiers.papers.rules.verification_codes import shown_code
from haddong_portal.common.blobs.marks import mark_of


@dataclass(frozen=True, slots=True)
class VerifiedPaper:
    """One issued paper. `successor` is the code of what replaced it, "" when nothing did or it has none."""

    code: str
    type_name: str
    number: str
    issuer_name: str
    issued_on: date | None
    valid_to: date | None
    holder: str
    state: PaperState
    is_current: bool
    file_whole: bool
    revoked_at: datetime | None = None
    revoked_reason: str = ""
    replaced_at: datetime | None = None
    successor: str = ""


def version_by_code(code: str) -> PaperVersion | None:
    """The version that a code was printed on; erased papers are nobody's any more."""
    return _issued().filter(verification_code__code=code).first() if code else None


def version_by_content(content: bytes) -> PaperVersion | None:
    """The issued version that is this very file, byte for byte."""
    return _issued().filter(original__mark=mark_of(content)).first()


def verified_paper(version: PaperVersion) -> VerifiedPaper:
    """What the page says of it."""
    paper = version.paper
    replaced_at, successor = _successor(paper, version)
    return VerifiedPaper(
        code=shown_code(version.verification_code.code),
        type_name=paper.type.name,
        number=paper.number,
        issuer_name=paper.issuer_name,
        issued_on=paper.issued_on,
        valid_to=paper.valid_to,
        holder=_holder(paper),
        state=PaperState(paper.state),
        is_current=paper.current_version_id == version.pk,
        file_whole=version.original.state == FileState.PRESENT,
        revoked_at=paper.revoked_at,
        revoked_reason=paper.revoked_reason,
        replaced_at=replaced_at,
        successor=successor,
    )


def _issued() -> QuerySet[PaperVersion]:
    owners = ("paper__owner_person", "paper__owner_organisation")
    rows = PaperVersion.objects.filter(verification_code__isnull=False).exclude(paper__state=PaperState.ERASED)
    return rows.select_related("paper__type", "verification_code", "original", *owners).defer("text")


def _holder(paper: Paper) -> str:
    """A person's name masked; an organisation's name is public."""
    if paper.owner_person is not None:
        return masked_name(paper.owner_person.full_name)
    return paper.owner_organisation.name if paper.owner_organisation else ""


def _successor(paper: Paper, version: PaperVersion) -> tuple[datetime | None, str]:
    """When it was replaced and the code of what replaced it: a later version of the same paper, or another paper."""
    later = paper.current_version_id
    if later == version.pk:
        later = paper.replaced_by.current_version_id if paper.replaced_by else None
    if later is None:
        return None, ""
    made_at = PaperVersion.objects.filter(pk=later).values_list("made_at", flat=True).first()
    code = VerificationCode.objects.filter(version=later).values_list("code", flat=True).first()
    return made_at, code or ""
