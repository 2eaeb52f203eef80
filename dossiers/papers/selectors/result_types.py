"""Which type of paper a procedure's result is."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from dossiers.papers.models import PaperType
from haddong_portal.common.text import fold

OTHER_RESULT = "OTHER_RESULT"


def result_type(*, procedure_code: str, result_name: str, on: date) -> str:
    """The code of the type; of several the one that the result's name speaks of, else the first. OTHER_RESULT when the
    catalogue of types does not know the procedure's result."""
    rows = PaperType.objects.filter(result_of__contains=[procedure_code], in_force_from__lte=on)
    found = list(rows.filter(Q(in_force_to__isnull=True) | Q(in_force_to__gte=on)))
    name = fold(result_name)
    named = [kind for kind in found if any(fold(word) in name for word in (kind.name, *kind.other_names))]
    return next((kind.code for kind in (*named, *found)), OTHER_RESULT)
