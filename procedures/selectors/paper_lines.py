"""The lines of published checklists by their wording, with the type of paper that each asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Min

from procedures.constants import PaperType
from procedures.models import PaperRequirement, ProcedureVersion
from procedures.ports import paper_names

PAGE_ROWS = 50
NONE, TYPED, ALL = "chua", "roi", "het"


@dataclass(frozen=True, slots=True)
class PaperLineGroup:
    """Lines worded alike. `first_id` stands for all of them."""

    first_id: int
    name: str
    code: str
    type_name: str
    count: int


def type_choices() -> list[tuple[str, str]]:
    """(code, name) of the types that a line may have, by name."""
    known = {code: names[0] for code, names in paper_names().items() if names}
    known |= {kind.value: str(kind.label) for kind in PaperType}
    return sorted(known.items(), key=lambda one: one[1])


def paper_lines(*, words: str, show: str) -> Sequence[PaperLineGroup]:
    """The commonest first, at most 50. `show`: without a type, with one, or all."""
    rows = PaperRequirement.objects.filter(is_note=False, case__version__in=ProcedureVersion.objects.published())
    if show in (NONE, TYPED):
        rows = rows.filter(paper_type="") if show == NONE else rows.exclude(paper_type="")
    if words:
        rows = rows.filter(name__icontains=words)
    names = dict(type_choices())
    groups = rows.values("name", "paper_type").annotate(count=Count("pk"), first=Min("pk")).order_by("-count", "first")
    return [
        PaperLineGroup(
            row["first"], row["name"], row["paper_type"], names.get(row["paper_type"], row["paper_type"]), row["count"]
        )
        for row in groups[:PAGE_ROWS]
    ]
