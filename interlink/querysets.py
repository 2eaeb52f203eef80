"""Named filters of linked cases. Whatever a person sees starts from `visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from haddong_portal.common.actors import Actor
from interlink.constants import OPEN_CASES

if TYPE_CHECKING:
    from interlink.models import LinkedCase  # noqa: F401 - named as text in the base below


class LinkedCaseQuerySet(models.QuerySet["LinkedCase"]):
    def visible_to(self, actor: Actor) -> LinkedCaseQuerySet:
        """Cases that the actor's unit received; oversight sees all; a citizen sees the own ones."""
        if actor.sees_all_units:
            return self
        if actor.is_citizen:
            return self.filter(requester_id=actor.person_id)
        return self.filter(receiving_unit__in=list(actor.unit_ids))

    def open(self) -> LinkedCaseQuerySet:
        """Not yet ended or stopped."""
        return self.filter(state__in=OPEN_CASES)
