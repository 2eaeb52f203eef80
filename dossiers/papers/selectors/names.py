"""By which names each type of paper is known in the lines of a checklist; procedures asks through its port."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.db.models import Q

from dossiers.papers.models import PaperType
from haddong_portal.common import clock

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "paper_types.json"


def names_by_code() -> Mapping[str, Sequence[str]]:
    """Types in force that may be asked for; the shipped ones while none is loaded.

    Papers that nobody may ask for are recognised by the catalogue's own stricter rule.
    """
    today = clock.today()
    in_force = Q(in_force_to__isnull=True) | Q(in_force_to__gte=today)
    rows = PaperType.objects.filter(in_force, in_force_from__lte=today, never_demand=False).order_by("code")
    found = {code: (name, *others) for code, name, others in rows.values_list("code", "name", "other_names")}
    return found or _shipped()


def _shipped() -> Mapping[str, Sequence[str]]:
    rows = json.loads(SHIPPED.read_text(encoding="utf-8"))["types"]
    return {row["code"]: (row["name"], *row["other_names"]) for row in rows if not row["never_demand"]}
