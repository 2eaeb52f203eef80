"""Record that a paper was taken although the store held it: why, by whom, for what (domain.md §7.7). Staff.

Writes one row: a number that must go to zero.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.papers.constants import LIVE, OwnerRef
from dossiers.papers.models import Paper, TakenAnyway
from dossiers.papers.permissions import USE
from dossiers.papers.services.locking import check_reason
from dossiers.papers.services.paper_data import paper_type_of
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.insert import insert_row


@transaction.atomic
def record_taken_anyway(
    *, actor: Actor, owner: OwnerRef, type_code: str, reference: str, reason: str, now: datetime | None = None
) -> TakenAnyway:
    """The row. Raises DomainError paper.reason_missing; paper.not_held when there was nothing to re-use."""
    actor.require(USE)
    told, kind = check_reason(reason), paper_type_of(type_code)
    if not Paper.objects.of(owner).filter(type=kind, state__in=LIVE).exists():
        raise DomainError("paper.not_held", "Kho không có giấy tờ loại này của người nộp.", "type_code")
    taken = TakenAnyway(
        person_id=owner.person_id,
        organisation_id=owner.organisation_id,
        type=kind,
        reference=reference,
        reason=told[:500],
        clerk_id=actor.user_id,
        unit_id=actor.unit_id,
        at=now or clock.now(),
    )
    insert_row(taken)
    return taken
