"""Papers that their owners handed over to a dossier by a share code."""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.models import ChecklistLine, Dossier
from dossiers.papers.constants import UsePurpose
from dossiers.papers.models import PaperUse
from dossiers.selectors.matters import reference_of
from dossiers.selectors.stored_lines import UsedPaper
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound


@dataclass(frozen=True)
class SharedPapers:
    """The dossier, its components, and what was handed over so far."""

    dossier: Dossier
    names: list[str]
    uses: list[PaperUse]


def shared_papers(*, actor: Actor, code: str) -> SharedPapers:
    """NotFound dossier.not_found for a dossier that the actor may not see."""
    dossier = Dossier.objects.visible_to(actor).filter(code=code).first()
    if dossier is None:
        raise NotFound("Không tìm thấy hồ sơ này.", code="dossier.not_found")
    uses = PaperUse.objects.filter(reference=reference_of(code), purpose=UsePurpose.CITIZEN_SHARE)
    names = ChecklistLine.objects.filter(dossier=dossier).order_by("position").values_list("name", flat=True)
    return SharedPapers(dossier, list(names), list(uses.select_related("version__paper__type").defer("version__text")))


def shared_paper(*, actor: Actor, code: str, use_id: int) -> UsedPaper:
    """The paper of one of these uses, as it was handed over; NotFound paper.not_found."""
    page = shared_papers(actor=actor, code=code)
    found = next((UsedPaper(use.version.paper_id, use.version_id) for use in page.uses if use.pk == use_id), None)
    if found is None:
        raise NotFound("Không tìm thấy giấy tờ này.", code="paper.not_found")
    return found
