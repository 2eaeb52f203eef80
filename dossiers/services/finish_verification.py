"""Put the minutes of a verification into the dossier: T6, VERIFYING → PROCESSING (NĐ 61/2018 art. 19.3).

Whoever holds the open step. Writes the Verification's end with its actual working time, the dossier's state, one
event.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind, IntervalKind, Status
from dossiers.models import DossierEvent, Verification
from dossiers.rules.lifecycle import Command
from dossiers.services.gate import refuse_at_gate
from dossiers.services.locking import hold, lock_dossier
from dossiers.services.pausing import go_on_from
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from dossiers.services.side_work import end_verification
from dossiers.services.verify_on_site import PARTICIPANTS_LENGTH_MAX
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import clean_text


@transaction.atomic
def finish_verification(
    *,
    actor: Actor,
    dossier_id: int,
    minutes: str,
    confirmed: bool,
    participants: str = "",
    row_version: int | None = None,
    now: datetime | None = None,
) -> DossierEvent:
    """The event. `confirmed` says whether things are as the dossier has them. Raises verification.minutes_missing:
    what was seen stays with the dossier."""
    in_hand = lock_dossier(actor=actor, command=Command.FINISH_VERIFICATION, dossier_id=dossier_id)
    hold(in_hand, actor, row_version)
    moment, dossier = clock.local(now or clock.now()), in_hand.dossier
    refuse_at_gate(dossier, actor, moment)
    if not minutes.strip():
        raise DomainError("verification.minutes_missing", "Chưa ghi biên bản xác minh.", "minutes")
    open_one = Verification.objects.get(dossier=dossier, finished_at__isnull=True)
    open_one.participants = clean_text(participants)[:PARTICIPANTS_LENGTH_MAX] or open_one.participants
    end_verification(open_one, minutes=minutes.strip(), confirmed=confirmed, unit_id=dossier.owner_unit_id, now=moment)
    dossier.status = Status.PROCESSING
    moved = go_on_from(
        dossier, IntervalKind.VERIFICATION, in_hand.run, reason="đã xong xác minh", actor=actor, now=moment
    )
    save_columns(dossier, ["status", *moved], now=moment)
    return record_event(
        dossier=dossier,
        kind=EventKind.VERIFICATION_FINISHED,
        actor=actor,
        at=moment,
        from_status=in_hand.from_status,
        note="Đúng như hồ sơ." if confirmed else "Không đúng như hồ sơ.",
        data={"verification_id": open_one.pk, "confirmed": confirmed, "actual_minutes": open_one.actual_minutes},
    )
