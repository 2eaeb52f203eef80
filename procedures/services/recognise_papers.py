"""Give the lines of stored checklists the type of the one paper that they name. System; safe to run again.

Writes `paper_type` of lines that have none; a type that is there stays. Needed once for catalogues that were loaded
before the types, and after a type got another name; imports recognise for themselves.
"""

from __future__ import annotations

from django.db import transaction

from procedures.models import PaperRequirement
from procedures.ports import paper_names
from procedures.rules.paper_names import PaperNames

BATCH = 500


def recognise_papers() -> tuple[int, int]:
    """(lines that have a type now, lines looked at). Each batch in a transaction of its own."""
    names = PaperNames(paper_names())
    rows = PaperRequirement.objects.filter(paper_type="", is_note=False).order_by("pk")
    lines = list(rows.values_list("pk", "name"))
    found = [(pk, code) for pk, name in lines if (code := names.type_of(name))]
    for start in range(0, len(found), BATCH):
        _write(dict(found[start : start + BATCH]))
    return len(found), len(lines)


@transaction.atomic
def _write(types: dict[int, str]) -> None:
    locked = PaperRequirement.objects.select_for_update(no_key=True).filter(pk__in=types, paper_type="").order_by("pk")
    papers = list(locked.only("pk", "paper_type"))
    for paper in papers:
        paper.paper_type = types[paper.pk]
    PaperRequirement.objects.bulk_update(papers, ["paper_type"])
