"""Which form a rule-set prescribes for what, and how its number is written (domain.md §2, TT 01/2018 art. 9-10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dossiers.constants import FormKind


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A form as a rule-set knows it. `number` is the form's own ("01"), empty where the law gives none; `prints_id`
    says whether it has a line for the applicant's personal number."""

    kind: str
    number: str
    name: str
    suffix: str
    paper_size: str
    prints_id: bool = True


@dataclass(frozen=True, slots=True)
class FormSubject:
    """What a paper is about: the law of some sectors puts a form of its own in the place of the common one."""

    procedure_code: str = ""
    sector_code: str = ""


ANYTHING = FormSubject()


def form_of(forms: Sequence[Mapping[str, object]], kind: FormKind, about: FormSubject = ANYTHING) -> FormSpec:
    """The form of `kind` for what it is about (domain.md §2: CT04 and CT06 in residence matters).

    A form that `replaces` the kind for the sector or procedure goes before the common one; one that the rule-set does
    not name keeps the plain name and no number.
    """
    found = next((form for form in forms if _replaces(form, kind, about)), None)
    found = found or next((form for form in forms if form.get("form_kind") == kind), None)
    if found is None:
        return FormSpec(kind=kind, number="", name=kind.label, suffix="", paper_size="A5")
    return FormSpec(
        kind=kind,
        number=str(found.get("form_no") or ""),
        name=str(found.get("name") or kind.label),
        suffix=str(found.get("number_suffix") or "").lstrip("/"),
        paper_size=str(found.get("paper_size") or "A5"),
        prints_id=found.get("prints_id") is not False,
    )


def _replaces(form: Mapping[str, object], kind: FormKind, about: FormSubject) -> bool:
    return form.get("replaces") == kind and (
        _among(about.sector_code, form.get("sectors")) or _among(about.procedure_code, form.get("procedures"))
    )


def _among(code: str, codes: object) -> bool:
    return bool(code) and isinstance(codes, list) and code in codes


def slip_number_text(number: int, suffix: str) -> str:
    """ "07/PBS": at least two digits, then the suffix of the form."""
    return f"{number:02d}/{suffix}" if suffix else f"{number:02d}"
