"""Named filters of dossiers. Whatever a person sees starts from `visible_to`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from dossiers.constants import IN_PROGRESS, OPEN, Status
from haddong_portal.common.actors import Actor

if TYPE_CHECKING:
    from dossiers.models import Dossier  # noqa: F401 - named as text in the base below


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, actor: Actor) -> DossierQuerySet:
        """Dossiers that the actor's unit received, holds, handles, signs or was asked about; oversight sees all.

        domain.md §11.6.
        """
        if actor.sees_all_units:
            return self
        units = list(actor.unit_ids)
        if not units:
            return self.none()
        return self.filter(
            Q(owner_unit__in=units)
            | Q(receiving_unit__in=units)
            | Q(handling_unit__in=units)
            | Q(signing_unit__in=units)
            | Q(reader_unit_ids__overlap=units)
        )

    def open(self) -> DossierQuerySet:
        """Not yet ended: still counts for the duplicate warning."""
        return self.filter(status__in=OPEN)

    def in_progress(self) -> DossierQuerySet:
        """Somebody in the administration has work to do on it."""
        return self.filter(status__in=IN_PROGRESS)

    def overdue(self, *, at: datetime) -> DossierQuerySet:
        return self.in_progress().filter(due_at__lt=at)

    def ready_at_desk(self) -> DossierQuerySet:
        """Result there, not yet collected."""
        return self.filter(status=Status.DONE)
