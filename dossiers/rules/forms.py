"""Which form a rule-set prescribes for what, and how its number is written (domain.md §2, TT 01/2018 art. 9-10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dossiers.constants import FormKind


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A form as a rule-set knows it. `number` is the form's own ("01"), empty where the law gives none."""

    kind: str
    number: str
    name: str
    suffix: str
    paper_size: str


def form_of(forms: Sequence[Mapping[str, object]], kind: FormKind) -> FormSpec:
    """The form of `kind`; one that the rule-set does not name keeps the plain name and no number."""
    for form in forms:
        if form.get("form_kind") == kind:
            return FormSpec(
                kind=kind,
                number=str(form.get("form_no") or ""),
                name=str(form.get("name") or kind.label),
                suffix=str(form.get("number_suffix") or "").lstrip("/"),
                paper_size=str(form.get("paper_size") or "A5"),
            )
    return FormSpec(kind=kind, number="", name=kind.label, suffix="", paper_size="A5")


def slip_number_text(number: int, suffix: str) -> str:
    """ "07/PBS": at least two digits, then the suffix of the form."""
    return f"{number:02d}/{suffix}" if suffix else f"{number:02d}"
