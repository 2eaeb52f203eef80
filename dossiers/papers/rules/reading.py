"""Propose a paper's type and fields from its text. A machine proposes, the clerk decides (domain.md §7.2, step 4).

Everything is looked for without diacritics, since OCR loses them first; what is proposed is cut from the text as it
stands. Each proposal carries how sure it is and the line it was read from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dossiers.papers.rules.reading_patterns import FieldWordings, field_wordings
from dossiers.papers.rules.reading_types import TypeWords, propose_type
from dossiers.papers.rules.reading_values import settle
from dossiers.papers.rules.spelling import composed, flat

SNIPPET_MAX = 160
OWN_FIELD_SURE = 0.7


@dataclass(frozen=True, slots=True)
class Proposal:
    """One value as it may be written into the form, how sure (0 to 1), and the words around it."""

    value: str
    sure: float
    snippet: str


@dataclass(frozen=True, slots=True)
class PaperReading:
    """What a text says of its paper; `fields` by name, `own` by the key of the type's own fields."""

    type_code: str
    type_sure: float
    fields: dict[str, Proposal]
    own: dict[str, Proposal]


def read_paper(text: str, types: Iterable[TypeWords] = (), *, expected: Sequence[str] = ()) -> PaperReading:
    """The best proposal for each field. `expected` are type codes that the checklist line asks for: they win ties."""
    text, known = composed(text), list(types)
    code, sure = propose_type(text, known, expected=expected)
    fields = {wording.name: found for wording in field_wordings() if (found := _best(text, wording)) is not None}
    own = next((kind.fields for kind in known if kind.code == code), ())
    return PaperReading(code, sure, fields, _own_fields(text, own))


def _best(text: str, field: FieldWordings) -> Proposal | None:
    """The surest hit; of equals the first."""
    best: Proposal | None = None
    level = flat(text)
    for wording in field.wordings:
        for hit in wording.pattern.finditer(level):
            if best is not None and wording.sure <= best.sure:
                break
            if _is_about_something_else(level, hit.start("v"), field.skip):
                continue
            value = settle(field.name, text[hit.start("v") : hit.end("v")])
            if value:
                best = Proposal(value, wording.sure, snippet_at(text, hit.start("v")))
                break
    return best


def _is_about_something_else(level: str, at: int, skip: tuple[str, ...]) -> bool:
    """Whether the words before the value, on its line, name another thing."""
    before = level[level.rfind("\n", 0, at) + 1 : at]
    return any(word in before for word in skip)


def snippet_at(text: str, at: int) -> str:
    """The line of the text that a place lies in, shortened around it."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[start : end if end >= 0 else len(text)]
    first = max(0, at - start - SNIPPET_MAX // 2)
    return line[first : first + SNIPPET_MAX].strip()


def _own_fields(text: str, fields: Iterable[tuple[str, str, str]]) -> dict[str, Proposal]:
    """What stands behind the label of each of the type's own fields (key, label, kind)."""
    level, found = flat(text), {}
    for key, label, kind in fields:
        words = re.escape(flat(label).strip()).replace(r"\ ", r"[\s,]+")
        hit = re.search(rf"{words}[^:\n]{{0,30}}:\s*(?P<v>[^\n]{{1,120}})", level)
        value = settle(kind, text[hit.start("v") : hit.end("v")]) if hit else ""
        if hit and value:
            found[key] = Proposal(value, OWN_FIELD_SURE, snippet_at(text, hit.start("v")))
    return found
