"""The store's side of a dossier's checklist: which paper was used, how sure it is, how something was looked up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from dossiers.models import Dossier
from dossiers.papers.constants import PaperState, SignatureState, Trust
from dossiers.papers.models import PaperUse
from dossiers.selectors.matters import reference_of
from haddong_portal.citizens.constants import FallbackReason, LookUpMethod
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound


@dataclass(frozen=True)
class StoredLine:
    """The paper that a line was answered with. `warning` is set when it counts no longer, `has_newer` when the store
    has a version that came after the one that was used."""

    paper: UUID
    name: str
    issuer: str
    issued_on: date | None
    trust: str
    signature: str
    warning: str
    has_newer: bool = False


def stored_line(line: dict[str, Any]) -> StoredLine | None:
    """From a line of the story; None when nothing of the store was used."""
    if not line["paper"]:
        return None
    state = PaperState(line["paper_state"])
    return StoredLine(
        paper=UUID(str(line["paper"])),
        name=line["paper_name"],
        issuer=line["paper_issuer"],
        issued_on=date.fromisoformat(line["paper_issued_on"]) if line["paper_issued_on"] else None,
        trust=str(Trust(line["paper_trust"]).label),
        signature=str(SignatureState(line["paper_signature"]).label),
        warning="" if state == PaperState.VALID else str(state.label),
        has_newer=line["paper_version"] != line["paper_newest"],
    )


def looked_up_words(line: dict[str, Any]) -> str:
    """ "đọc thẻ căn cước (mã QR, chip)"; with the reason when no way worked; "" without a look-up."""
    if not line["look_up"]:
        return ""
    reason = line["look_up_reason"]
    why = f": {FallbackReason(reason).label}" if reason else ""
    return f"{LookUpMethod(line['look_up']).label}{why}"


@dataclass(frozen=True, slots=True)
class UsedPaper:
    """The paper and the very version that a dossier was answered with."""

    paper_id: int
    version_id: int


def used_paper(*, actor: Actor, code: str, paper: UUID) -> UsedPaper:
    """The last use of a paper in a dossier visible to the actor; NotFound paper.not_found."""
    visible = Dossier.objects.visible_to(actor).filter(code=code).exists()
    uses = PaperUse.objects.filter(reference=reference_of(code), version__paper__public_id=paper).order_by("-pk")
    found = uses.values_list("version__paper_id", "version_id").first() if visible else None
    if found is None:
        raise NotFound("Không tìm thấy giấy tờ này.", code="paper.not_found")
    return UsedPaper(*found)
