"""Named filters of dossiers. Whatever a person sees starts from `visible_to`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from dossiers.constants import IN_PROGRESS, OPEN, Status
from dossiers.rules.gate_window import GateWindow
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
        """Accepted, and somebody in the administration has work to do on it."""
        return self.filter(status__in=IN_PROGRESS, accepted_at__isnull=False)

    def running(self) -> DossierQuerySet:
        """In progress and its clock is not stopped: what stands still is neither due nor late."""
        return self.in_progress().filter(paused_at__isnull=True)

    def overdue(self, *, at: datetime) -> DossierQuerySet:
        return self.running().filter(due_at__lt=at)

    def ready_at_desk(self) -> DossierQuerySet:
        """Result there, not yet collected."""
        return self.filter(status=Status.DONE)

    def arrived(self, *, since: datetime, before: datetime) -> DossierQuerySet:
        """Received in this span, whatever has become of them."""
        return self.filter(accepted_at__gte=since, accepted_at__lt=before)

    def due(self, *, since: datetime, before: datetime) -> DossierQuerySet:
        """Still to be done and promised for this span."""
        return self.running().filter(due_at__gte=since, due_at__lt=before)

    def at_gate(self, windows: Iterable[GateWindow]) -> DossierQuerySet:
        """On time or apology: the choice is due and not made; the windows are those of `open_gates`."""
        return self.running().filter(at_gate(windows))

    def uncollected(self, *, before: datetime) -> DossierQuerySet:
        """Result there since before this moment, and nobody came."""
        return self.ready_at_desk().filter(finished_at__lt=before)


def at_gate(windows: Iterable[GateWindow]) -> Q:
    """The condition of `DossierQuerySet.at_gate`, for counts."""
    found = Q(pk__in=[])
    for window in windows:
        found |= Q(due_at__gte=window.due_from, due_at__lt=window.due_before, accepted_at__lte=window.accepted_until)
    unanswered = Q(on_time_confirmed_due_at__isnull=True) | ~Q(on_time_confirmed_due_at=F("due_at"))
    return found & unanswered & Q(is_reappointed=False)
