"""Load the shipped everyday words and life events. Run any number of times: an editor's rows are left alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from haddong_portal.common.text import fold
from procedures.models import LifeEvent, Synonym
from procedures.services.load_iso_processes import Loaded
from procedures.services.revision import bump_revision

DATA = Path(__file__).resolve().parent.parent / "data"


def _shipped(name: str, key: str) -> list[dict[str, Any]]:
    found = json.loads((DATA / name).read_text(encoding="utf-8"))
    rows: list[dict[str, Any]] = found if isinstance(found, list) else found[key]
    return rows


@transaction.atomic
def load_synonyms() -> Loaded:
    """Add the terms that are not in the table yet."""
    known = set(Synonym.objects.values_list("term_folded", flat=True))
    rows = [row for row in _shipped("synonyms.json", "synonyms") if fold(row["term"]) not in known]
    bulk_create_with_history(
        [
            Synonym(
                term=row["term"],
                term_folded=fold(row["term"]),
                means=row.get("means", []),
                codes=row.get("codes", []),
                note=row.get("note") or "",
            )
            for row in rows
        ],
        Synonym,
    )
    if rows:
        bump_revision()
    return Loaded(len(rows), len(known))


@transaction.atomic
def load_life_events() -> Loaded:
    """Add the life events that are not there yet, in the file's order."""
    known = set(LifeEvent.objects.values_list("slug", flat=True))
    events = [
        LifeEvent(
            slug=row["slug"],
            title=row["title"],
            line=row["line"],
            icon=row["icon"],
            codes=row["codes"],
            position=position,
        )
        for position, row in enumerate(_shipped("life_events.json", "life_events"), start=1)
        if row["slug"] not in known
    ]
    LifeEvent.objects.bulk_create(events)
    return Loaded(len(events), len(known))
