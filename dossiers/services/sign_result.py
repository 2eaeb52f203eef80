"""Sign: SIGNING → the next step, usually back to the desk (NĐ 61/2018 art. 19).

A leader of the signing unit, at an open step of signing. Writes both runs, the dossier's standing, one event.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind
from dossiers.models import DossierEvent
from dossiers.rules.lifecycle import Command, check_step
from dossiers.services.delegated import check_acting_unit
from dossiers.services.finish_step import pass_on
from dossiers.services.lateness import NOT_SAID, Lateness, say_why_late
from dossiers.services.locking import hold, lock_dossier
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.dates import moment_text
from haddong_portal.common.errors import Conflict, DomainError
from procedures.constants import DelegatedAct


@transaction.atomic
def sign_result(
    *,
    actor: Actor,
    dossier_id: int,
    note: str = "",
    late: Lateness = NOT_SAID,
    row_version: int | None = None,
    now: datetime | None = None,
) -> DossierEvent:
    """The event.

    Raises Conflict delegation.* when the unit signs in another's place without a valid delegation, dossier.signed when
    another leader was first: who and when.
    """
    try:
        in_hand = lock_dossier(actor=actor, command=Command.SIGN, dossier_id=dossier_id)
    except DomainError as refusal:
        raise _signed_before(refusal, dossier_id) or refusal from None
    check_step(Command.SIGN, in_hand.run.action)
    hold(in_hand, actor, row_version)
    moment = clock.local(now or clock.now())
    check_acting_unit(in_hand.dossier, DelegatedAct.SIGN, on=moment.date())
    say_why_late(in_hand.run, late, now=moment)
    return pass_on(in_hand, actor, EventKind.SIGNED, note=note, now=moment)


def _signed_before(refusal: DomainError, dossier_id: int) -> Conflict | None:
    """A refused move of a dossier that somebody has just signed, told as what it is."""
    if refusal.code != "dossier.illegal_move":
        return None
    signed = DossierEvent.objects.filter(dossier_id=dossier_id).order_by("-id").first()
    if signed is None or signed.kind != EventKind.SIGNED:
        return None
    return Conflict(
        "dossier.signed",
        f"{signed.actor_name} đã ký hồ sơ này lúc {moment_text(signed.at)}.",
        data={"by": signed.actor_name, "at": signed.at.isoformat()},
    )
