"""Wait no longer for opinions whose deadlines have passed: T7, CONSULTING → PROCESSING (NĐ 61/2018 art. 19.5).

Whoever holds the open step, with the reason. Writes the open OpinionRequests, the state, one event. Units that never
answered are told, and may no longer read the dossier.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind, IntervalKind, Status
from dossiers.models import DossierEvent, OpinionRequest
from dossiers.rules.lifecycle import Command
from dossiers.services.gate import refuse_at_gate
from dossiers.services.locking import hold, lock_dossier
from dossiers.services.pausing import go_on_from
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from dossiers.services.side_work import let_go_of_readers
from dossiers.services.telling_units import tell_no_longer_asked
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.dates import due_text
from haddong_portal.common.errors import DomainError


@transaction.atomic
def close_consultation(
    *, actor: Actor, dossier_id: int, reason: str, row_version: int | None = None, now: datetime | None = None
) -> DossierEvent:
    """The event. Raises DomainError opinion.reason_missing, or opinion.still_in_time while a unit has time left."""
    in_hand = lock_dossier(actor=actor, command=Command.CLOSE_CONSULTATION, dossier_id=dossier_id)
    hold(in_hand, actor, row_version)
    moment, dossier = clock.local(now or clock.now()), in_hand.dossier
    refuse_at_gate(dossier, actor, moment)
    if not reason.strip():
        raise DomainError("opinion.reason_missing", "Phải ghi lý do thôi chờ ý kiến.", "reason")
    silent = list(
        OpinionRequest.objects.filter(dossier=dossier, answered_at__isnull=True, closed_at__isnull=True)
        .select_related("unit")
        .order_by("-due_at")
    )
    if silent and silent[0].due_at >= moment:
        raise DomainError(
            "opinion.still_in_time",
            f"{silent[0].unit.short_name} còn được trả lời đến {due_text(silent[0].due_at)}.",
            status=409,
        )
    OpinionRequest.objects.filter(pk__in=[opinion.pk for opinion in silent]).update(closed_at=moment)
    dossier.status = Status.PROCESSING
    let_go_of_readers(dossier, [opinion.unit_id for opinion in silent])
    moved = go_on_from(
        dossier, IntervalKind.CONSULTATION, in_hand.run, reason="thôi chờ ý kiến", actor=actor, now=moment
    )
    save_columns(dossier, ["status", "reader_unit_ids", *moved], now=moment)
    event = record_event(
        dossier=dossier,
        kind=EventKind.CONSULTATION_CLOSED,
        actor=actor,
        at=moment,
        from_status=in_hand.from_status,
        note=reason.strip(),
        data={"silent_units": [opinion.unit_id for opinion in silent]},
    )
    for opinion in silent:
        tell_no_longer_asked(dossier, opinion, unit_name=actor.unit_name, reason=reason.strip(), now=moment)
    return event
