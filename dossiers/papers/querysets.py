"""Named filters of papers. Whatever a person sees starts from `visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from dossiers.papers.constants import OwnerRef, PaperState
from dossiers.papers.permissions import SEE
from haddong_portal.common.actors import Actor

if TYPE_CHECKING:
    from dossiers.papers.models import Paper  # noqa: F401 - named as text in the base below


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, actor: Actor) -> PaperQuerySet:
        """That and which papers exist: a citizen's own; of any unit for those who may see the store (domain.md §11.6).

        Their content is another matter: services.open_paper asks for a reference.
        """
        if actor.person_id is not None:
            return self.of(OwnerRef(person_id=actor.person_id)).exclude(state=PaperState.ERASED)
        return self if actor.has_right(SEE) else self.none()

    def of(self, owner: OwnerRef) -> PaperQuerySet:
        """One owner's papers."""
        if owner.person_id is not None:
            return self.filter(owner_person_id=owner.person_id)
        return self.filter(owner_organisation_id=owner.organisation_id)
