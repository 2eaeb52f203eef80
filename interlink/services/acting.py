"""As whom the portal acts when an event or the clock moves a case on: itself, for the unit and clerk that opened it."""

from __future__ import annotations

from dataclasses import replace

from haddong_portal.common.actors import Actor, system_actor
from interlink.models import LinkedCase

NAME = "Liên thông"


def case_actor(case: LinkedCase) -> Actor:
    """All rights of the portal, in the receiving unit, in the name of whoever opened the case."""
    unit = case.receiving_unit
    return replace(
        system_actor(NAME),
        user_id=case.opened_by_id,
        unit_id=unit.pk,
        unit_name=unit.name,
        unit_ids=frozenset({unit.pk}),
    )
