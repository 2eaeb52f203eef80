"""Which statutory parts a version has, and what forbids its publication (pure).

LEGAL: ND63-2010-D8: seven parts are mandatory, a) to g); the rest is published where there is any.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

PART_LETTERS = {
    "name": "a",
    "steps": "b",
    "methods": "c",
    "papers": "d",
    "time_limit": "đ",
    "subjects": "e",
    "agencies": "g",
}
RESIDENCE_BOOKS = frozenset({"HOUSEHOLD_BOOK", "TEMPORARY_RESIDENCE_BOOK"})
RESPONSIBLE = ("executing", "authority", "authorised", "departments")


@dataclass(frozen=True, slots=True)
class VersionParts:
    """What the check needs to see of a version, from a record or from the database."""

    name: str
    steps: Sequence[Mapping[str, object]]
    methods: Sequence[Mapping[str, object]]
    subjects: Sequence[str]
    agencies: Mapping[str, object]
    papers: int
    limit_texts: Sequence[str]
    paper_types: Iterable[str] = ()


def missing_parts(parts: VersionParts) -> list[str]:
    """Codes of the mandatory parts that are absent, in the decree's order."""
    present = {
        "name": bool(parts.name.strip()),
        "steps": any(step.get("text") or step.get("name") for step in parts.steps),
        "methods": any(method.get("channel") or method.get("note") for method in parts.methods),
        "papers": parts.papers > 0,
        "time_limit": any(text.strip() for text in parts.limit_texts),
        "subjects": any(subject.strip() for subject in parts.subjects),
        "agencies": any(parts.agencies.get(role) for role in RESPONSIBLE),
    }
    return [part for part in PART_LETTERS if not present[part]]


def blockers(paper_types: Iterable[str]) -> list[str]:
    """What forbids publication: a paper residence book among the papers (LEGAL: ND104-2022-D14)."""
    return ["residence_book"] if RESIDENCE_BOOKS.intersection(paper_types) else []
