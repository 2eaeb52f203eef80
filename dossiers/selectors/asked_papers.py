"""What the newest request asks for and what has come of it since."""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.constants import FormKind, UploadState
from dossiers.models import Dossier, FiledPaper, Slip, SlipLine


@dataclass(frozen=True)
class AskedPapers:
    """Lines of the newest request not yet received, and the files given for them since it was issued."""

    slip: Slip | None
    lines: list[SlipLine]
    given: list[FiledPaper]

    @property
    def by_requirement(self) -> dict[int, list[SlipLine]]:
        found: dict[int, list[SlipLine]] = {}
        for line in self.lines:
            if line.requirement_id is not None:
                found.setdefault(line.requirement_id, []).append(line)
        return found

    @property
    def missing(self) -> list[SlipLine]:
        """Lines without a file that may count."""
        given = {paper.requirement_id for paper in self.given if paper.state != UploadState.REFUSED}
        return [line for line in self.lines if line.requirement_id not in given]


def asked_papers(dossier: Dossier) -> AskedPapers:
    """Of a dossier that waits for papers; empty for one that was never asked."""
    requests = Slip.objects.filter(dossier=dossier, form_kind=FormKind.SUPPLEMENT_REQUEST)
    slip = requests.order_by("-id").first()
    if slip is None:
        return AskedPapers(None, [], [])
    lines = list(SlipLine.objects.filter(slip=slip, received_at__isnull=True).order_by("position"))
    wanted = [line.requirement_id for line in lines if line.requirement_id is not None]
    given = FiledPaper.objects.filter(dossier=dossier, requirement_id__in=wanted, uploaded_at__gt=slip.issued_at)
    return AskedPapers(slip, lines, list(given.order_by("id")))
