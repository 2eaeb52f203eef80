"""What a citizen of the demo brings for one line of the checklist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from random import Random
from uuid import UUID

from dossiers.constants import ChecklistState
from dossiers.papers.constants import OwnerRef
from dossiers.papers.selectors.held import papers_for
from dossiers.rules.papers import ChecklistAnswer
from dossiers.selectors.taken_reasons import taken_reasons
from haddong_portal.citizens.constants import LookUpData
from haddong_portal.citizens.selectors.people import person_id_of
from procedures.constants import PaperType
from procedures.models import PaperRequirement

TAKEN_ANYWAY_SHARE = 0.12
_BROUGHT = (ChecklistState.PAPER,) * 6 + (ChecklistState.COPY, ChecklistState.COPY, ChecklistState.ELECTRONIC)
_MAYBE_BROUGHT = (ChecklistState.MISSING, ChecklistState.MISSING, ChecklistState.PAPER, ChecklistState.WAIVED)
# Nearly always one of the ways works; when none does, the clerk says why.
_LOOK_UPS = (
    *(LookUpData("card_reader", shown={"Nơi thường trú": "như trên thẻ"}),) * 5,
    *(LookUpData("vneid_shown", shown={"Nơi thường trú": "như trên VNeID"}),) * 4,
    LookUpData("fallback", "network"),
    LookUpData("fallback", "wrong_data"),
)


def held_now(personal_id: str, papers: Iterable[PaperRequirement], on: date) -> dict[str, UUID]:
    """By type, which paper of the citizen's store answers a line today."""
    person_id, codes = person_id_of(personal_id), {paper.paper_type for paper in papers} - {""}
    if person_id is None or not codes:
        return {}
    held = papers_for(owner=OwnerRef(person_id=person_id), type_codes=codes, on=on)
    return {code: found[0].public_id for code, found in held.items() if found[0].usable}


def brought(paper: PaperRequirement, dice: Random, held: Mapping[str, UUID]) -> ChecklistAnswer:
    """The answer; residence and identity are looked up, as ND104-2022-D14 wants it, and held papers used again."""
    if paper.paper_type in held:
        return _reused(paper, held[paper.paper_type], dice)
    if paper.paper_type == PaperType.RESIDENCE_PROOF:
        return _residence(paper, dice)
    if paper.paper_type == PaperType.IDENTITY and dice.random() < 0.3:
        return ChecklistAnswer(
            paper.pk, paper.name, ChecklistState.WAIVED, look_up=LookUpData("card_reader"), note="chỉ ghi số"
        )
    state = dice.choice(_BROUGHT) if paper.required else dice.choice(_MAYBE_BROUGHT)
    if paper.paper_type == PaperType.IDENTITY:
        state = ChecklistState.PAPER
    return ChecklistAnswer(paper.pk, paper.name, state, paper.originals, paper.copies)


def _reused(paper: PaperRequirement, stored: UUID, dice: Random) -> ChecklistAnswer:
    """Nearly always; now and then the clerk takes the paper and says why."""
    if dice.random() < TAKEN_ANYWAY_SHARE:
        reason = dice.choice(taken_reasons()).label
        return ChecklistAnswer(paper.pk, paper.name, ChecklistState.PAPER, paper.originals, taken_reason=reason)
    return ChecklistAnswer(paper.pk, paper.name, ChecklistState.ELECTRONIC, paper=stored)


def _residence(paper: PaperRequirement, dice: Random) -> ChecklistAnswer:
    found = dice.choice(_LOOK_UPS)
    state = ChecklistState.PAPER if found.method == "fallback" else ChecklistState.WAIVED
    if not paper.required and dice.random() < 0.5:
        return ChecklistAnswer(paper.pk, paper.name, ChecklistState.MISSING)
    return ChecklistAnswer(paper.pk, paper.name, state, look_up=found)
