"""What a citizen of the demo brings for one line of the checklist."""

from __future__ import annotations

from random import Random

from dossiers.constants import ChecklistState
from dossiers.rules.papers import ChecklistAnswer
from haddong_portal.citizens.constants import LookUpData
from procedures.constants import PaperType
from procedures.models import PaperRequirement

_BROUGHT = (ChecklistState.PAPER,) * 6 + (ChecklistState.COPY, ChecklistState.COPY, ChecklistState.ELECTRONIC)
_MAYBE_BROUGHT = (ChecklistState.MISSING, ChecklistState.MISSING, ChecklistState.PAPER, ChecklistState.WAIVED)
# Nearly always one of the ways works; when none does, the clerk says why.
_LOOK_UPS = (
    *(LookUpData("card_reader", shown={"Nơi thường trú": "như trên thẻ"}),) * 5,
    *(LookUpData("vneid_shown", shown={"Nơi thường trú": "như trên VNeID"}),) * 4,
    LookUpData("fallback", "network"),
    LookUpData("fallback", "wrong_data"),
)


def brought(paper: PaperRequirement, dice: Random) -> ChecklistAnswer:
    """The answer; residence and identity are looked up, as ND104-2022-D14 wants it."""
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


def _residence(paper: PaperRequirement, dice: Random) -> ChecklistAnswer:
    found = dice.choice(_LOOK_UPS)
    state = ChecklistState.PAPER if found.method == "fallback" else ChecklistState.WAIVED
    if not paper.required and dice.random() < 0.5:
        return ChecklistAnswer(paper.pk, paper.name, ChecklistState.MISSING)
    return ChecklistAnswer(paper.pk, paper.name, state, look_up=found)
