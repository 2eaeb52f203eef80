"""What a checklist line says beside its state: a paper of the store, a look-up, a reason. Text into types.

Read from the posted text directly: most lines say nothing of the kind, and a form field for each would cost them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dossiers.constants import ChecklistState
from dossiers.rules.papers import TAKEN
from dossiers.selectors.taken_reasons import taken_words
from haddong_portal.citizens.constants import LookUpData, LookUpMethod

HELD, METHOD, REASON, NOTE, TAKEN_WHY = "held", "lookup", "lookup_reason", "lookup_note", "taken"
# A code that the citizen reads out: it goes before whatever the store holds.
SHARE, SHARE_MAX = "share", 20
# Stands on lines about residence: a paper taken there needs the reason why no look-up worked.
NEEDS_REASON = "why"


@dataclass(frozen=True, slots=True)
class ChosenWords:
    """What the line's further boxes hold, as text."""

    held: str = ""
    method: str = ""
    reason: str = ""
    note: str = ""
    taken: str = ""
    share: str = ""


def chosen_words(content: Mapping[str, Any], prefix: str, *, method: str = "") -> ChosenWords:
    """For the page; `method` is proposed while none is chosen."""

    def said(name: str) -> str:
        return str(content.get(f"{prefix}-{name}", "") or "")

    return ChosenWords(said(HELD), said(METHOD) or method, said(REASON), said(NOTE), said(TAKEN_WHY), said(SHARE))


def paper_choices(content: Mapping[str, Any], prefix: str, state: str) -> dict[str, Any]:
    """The further values of a ChecklistAnswer; what belongs to another state than the chosen one is left out."""

    def said(name: str) -> str:
        return str(content.get(f"{prefix}-{name}", "") or "").strip()

    if state == ChecklistState.ELECTRONIC:
        if said(SHARE):
            return {"share_code": said(SHARE)[:SHARE_MAX]}
        paper = _uuid(said(HELD))
        return {"paper": paper} if paper else {}
    if state == ChecklistState.WAIVED and (method := said(METHOD)):
        return {"look_up": LookUpData(method, said(REASON), said(NOTE))}
    if state in TAKEN:
        found: dict[str, Any] = {"taken_reason": taken_words(said(TAKEN_WHY))} if said(TAKEN_WHY) else {}
        if said(NEEDS_REASON) and (reason := said(REASON)):
            found["look_up"] = LookUpData(LookUpMethod.FALLBACK, reason, said(NOTE))
        return found
    return {}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
