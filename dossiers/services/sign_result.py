"""Sign: SIGNING → the next step, usually back to the desk (NĐ 61/2018 art. 19).

A leader of the signing unit, at an open step of signing. Writes both runs, the dossier's standing, one event.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind
from dossiers.models import DossierEvent
from dossiers.rules.lifecycle import Command, check_step
from dossiers.services.finish_step import pass_on
from dossiers.services.locking import hold, lock_dossier
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor


@transaction.atomic
def sign_result(
    *, actor: Actor, dossier_id: int, note: str = "", row_version: int | None = None, now: datetime | None = None
) -> DossierEvent:
    """The event."""
    in_hand = lock_dossier(actor=actor, command=Command.SIGN, dossier_id=dossier_id)
    check_step(Command.SIGN, in_hand.run.action)
    hold(in_hand, actor, row_version)
    return pass_on(in_hand, actor, EventKind.SIGNED, note=note, now=clock.local(now or clock.now()))
