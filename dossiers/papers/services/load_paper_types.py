"""Load the catalogue of paper types that the portal ships. System; adds what is missing, changes nothing stored.

People edit types in the site of master data, so a stored one is theirs.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from dossiers.papers.models import PaperType

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "paper_types.json"


@transaction.atomic
def load_paper_types(path: Path = SHIPPED) -> tuple[int, int]:
    """(created, kept)."""
    rows = json.loads(path.read_text(encoding="utf-8"))["types"]
    known = set(PaperType.objects.values_list("code", flat=True))
    missing = [
        PaperType(
            **row
            | {
                "in_force_from": date.fromisoformat(row["in_force_from"]),
                "in_force_to": date.fromisoformat(row["in_force_to"]) if row["in_force_to"] else None,
                "sort_order": place,
            }
        )
        for place, row in enumerate(rows, start=1)
        if row["code"] not in known
    ]
    bulk_create_with_history(missing, PaperType)
    return len(missing), len(rows) - len(missing)
