"""Named filters of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from procedures.constants import PublicationState

if TYPE_CHECKING:
    from procedures.models import ProcedureVersion  # noqa: F401 - named as text in the base below


class ProcedureVersionQuerySet(models.QuerySet["ProcedureVersion"]):
    """What the public sees is always `published()`."""

    def published(self) -> ProcedureVersionQuerySet:
        return self.filter(state=PublicationState.PUBLISHED)

    def performed_at(self, unit_id: int) -> ProcedureVersionQuerySet:
        """Versions whose procedure the unit performs."""
        return self.filter(procedure__performances__unit_id=unit_id, procedure__performances__performed=True)
