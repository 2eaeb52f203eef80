"""The checklist as the intake page shows it: each line's form, what the store holds for it, what was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dossiers.forms.intake import PaperLineForm
from dossiers.forms.paper_choices import ChosenWords, chosen_words
from dossiers.selectors.paper_offers import LineOffer
from dossiers.selectors.taken_reasons import taken_reasons
from haddong_portal.citizens.constants import FallbackReason, LookUpMethod


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One line. `refused`: the refusal on top of the page is about this line."""

    form: PaperLineForm
    offer: LineOffer
    chosen: ChosenWords
    held: str
    refused: bool


def paper_rows(
    forms: Sequence[PaperLineForm], offers: Mapping[int, LineOffer], content: Mapping[str, str], *, refused: Any = None
) -> dict[str, Any]:
    """The page's context for the checklist. A scanned card proposes the card reader as the way of looking up."""
    method = LookUpMethod.CARD_READER.value if content.get("from_card") else ""
    at_fault = set(refused or ())
    return {
        "papers": [_row(form, offers[form.requirement.pk], content, method, at_fault) for form in forms],
        "look_up_methods": LookUpMethod.choices,
        "fallback_reasons": FallbackReason.choices,
        "taken_reasons": taken_reasons(),
    }


def _row(form: PaperLineForm, offer: LineOffer, content: Mapping[str, str], method: str, refused: set[int]) -> PaperRow:
    chosen = chosen_words(content, form.prefix or "", method=method)
    usable = [str(one.paper) for one in offer.usable]
    held = chosen.held if chosen.held in usable else next(iter(usable), "")
    return PaperRow(form, offer, chosen, held, form.requirement.pk in refused)
