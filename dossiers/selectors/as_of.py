"""A dossier as it stood at a moment: later corrections undone, so that an old slip prints what it printed then."""

from __future__ import annotations

from datetime import datetime

from dossiers.constants import CorrectionKind
from dossiers.models import Correction, Dossier


def undo_later_corrections(dossier: Dossier, at: datetime) -> Dossier:
    """The same object with every field corrected after `at` as it was; never to be saved."""
    later = Correction.objects.filter(dossier=dossier, kind=CorrectionKind.FIELD, corrected_at__gt=at)
    for field, old_value in later.order_by("-corrected_at", "-pk").values_list("field", "old_value"):
        if field == "personal_id" and dossier.person is not None:
            dossier.person.personal_id = old_value
        elif field == "tax_code" and dossier.organisation is not None:
            dossier.organisation.tax_code = old_value
        else:
            setattr(dossier, field, old_value)
    return dossier
